package io.github.jasyncio.room;

import static io.github.jasyncio.Asyncio.allTasks;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.Runner;
import io.github.jasyncio.TaskFactory;
import io.github.jasyncio.sync.Event;
import io.github.jasyncio.sync.Lock;
import io.github.jasyncio.sync.Queue;
import io.github.jasyncio.sync.Semaphore;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A call that is made where the stack overflows, or nearly does, either has not happened and can be made again, or has happened and whoever waits goes on.
 * Each is made at many depths near the end of the stack, the deepest first.
 */
@Timeout(60)
class FullStackTest {

    private static final int DEPTHS = 300;
    private static final long STACK_BYTES = 256 * 1024;

    enum Call {
        SET_RESULT,
        SET_RESULT_FOR_SEVERAL,
        CANCEL,
        PUT_NOWAIT,
        SET_EVENT,
        RELEASE_SEMAPHORE,
        RELEASE_LOCK,
        CALL_SOON,
        CREATE_TASK,
        CREATE_EAGER_TASK
    }

    private final Runnable[] calls = new Runnable[DEPTHS];
    private final boolean[] isMade = new boolean[DEPTHS];
    private int next;
    private int ended;

    @ParameterizedTest
    @EnumSource
    void whoever_waits_goes_on(Call call) throws InterruptedException {
        Throwable[] failure = new Throwable[1];
        Thread thread = new Thread(
                null,
                () -> {
                    try (Runner runner = new Runner()) {
                        runner.loop()
                                .setExceptionHandler((loop, context) -> {}); // of tasks that failed with the overflow
                        runner.run(makeAtAllDepths(call));
                    } catch (Throwable t) {
                        failure[0] = t;
                    }
                },
                "small stack",
                STACK_BYTES);

        thread.start();
        thread.join();

        assertThat(failure[0]).isNull();
    }

    @Async
    private Coroutine<Void> makeAtAllDepths(Call call) {
        for (int i = 0; i < DEPTHS; i++) {
            calls[i] = await(prepared(call));
        }
        await(sleep(Duration.ZERO));
        await(sleep(Duration.ZERO));

        descend();
        for (int i = 0; i < DEPTHS; i++) {
            if (!isMade[i]) {
                calls[i].run();
            }
        }
        for (int turn = 0; turn < 10; turn++) {
            await(sleep(Duration.ZERO));
        }

        assertThat(allTasks()).as("tasks that still wait").containsExactly(currentTask());
        assertThat(ended).as("those that waited, and have ended").isGreaterThanOrEqualTo(DEPTHS);
        return Coroutine.done();
    }

    /** From the overflow upwards each level makes a call. What fails is to be made again at the end. */
    @SuppressWarnings("InfiniteRecursion") // until the stack is full
    private void descend() {
        try {
            descend();
        } catch (StackOverflowError e) {
            // The level above is the next to try.
        }
        if (next < DEPTHS) {
            calls[next++].run();
            isMade[next - 1] = true;
        }
    }

    @Async
    private Coroutine<Void> ends(Awaitable<?> awaited) {
        try {
            await(awaited);
        } finally {
            ended++;
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Runnable> prepared(Call call) {
        EventLoop loop = getRunningLoop();
        Future<Integer> future = loop.createFuture();
        Runnable setResult = () -> {
            if (!future.isDone()) {
                future.setResult(1);
            }
        };
        switch (call) {
            case SET_RESULT, SET_RESULT_FOR_SEVERAL -> {
                for (int i = 0; i < (call == Call.SET_RESULT ? 1 : 5); i++) {
                    createTask(ends(future));
                }
                return Coroutine.of(setResult);
            }
            case CANCEL -> {
                createTask(ends(future));
                return Coroutine.of(future::cancel);
            }
            case PUT_NOWAIT -> {
                Queue<Integer> queue = new Queue<>();
                createTask(ends(queue.get()));
                return Coroutine.of(() -> queue.putNowait(1));
            }
            case SET_EVENT -> {
                Event event = new Event();
                createTask(ends(event.waitOn()));
                return Coroutine.of(event::set);
            }
            case RELEASE_SEMAPHORE -> {
                Semaphore semaphore = new Semaphore(0);
                createTask(ends(semaphore.acquire()));
                return Coroutine.of(semaphore::release);
            }
            case RELEASE_LOCK -> {
                Lock lock = new Lock();
                await(lock.acquire());
                createTask(ends(lock.acquire()));
                return Coroutine.of(() -> {
                    if (lock.isLocked()) {
                        lock.release();
                    }
                });
            }
            case CALL_SOON -> {
                createTask(ends(future));
                return Coroutine.of(() -> loop.callSoon(setResult));
            }
            case CREATE_TASK -> {
                return Coroutine.of(() -> loop.createTask(ends(sleep(Duration.ZERO))));
            }
            default -> {
                ended++; // it may fail before its body begins
                TaskFactory eager = TaskFactory.EAGER; // a class must not be initialized where the stack is full
                return Coroutine.of(() -> eager.create(loop, ends(sleep(Duration.ZERO)), null, null));
            }
        }
    }
}
