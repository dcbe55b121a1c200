package io.github.jasyncio.sync;

import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Semantics: {@code asyncio.mixins._LoopBoundMixin}. */
class LoopBindingTest extends LoopTest {

    private final EventLoop another = EventLoop.builder().virtualTime().build();

    /** Something that has to wait, on an object of its own: the object, and how to wait. */
    private record Waiting(Object subject, Supplier<Coroutine<?>> call) {}

    static Stream<Named<Waiting>> waitings() {
        Lock lock = new Lock();
        Event event = new Event();
        Condition condition = new Condition();
        Semaphore semaphore = new Semaphore(0);
        Queue<Integer> empty = new Queue<>();
        Queue<Integer> full = new Queue<>(1);
        full.putNowait(1);
        return Stream.of(
                Named.of("Lock.acquire", new Waiting(lock, () -> contend(lock))),
                Named.of("Event.waitOn", new Waiting(event, event::waitOn)),
                Named.of("Condition.waitOn", new Waiting(condition, () -> condition.with(condition::waitOn))),
                Named.of("Semaphore.acquire", new Waiting(semaphore, semaphore::acquire)),
                Named.of("Queue.get", new Waiting(empty, empty::get)),
                Named.of("Queue.put", new Waiting(full, () -> full.put(2))));
    }

    @Async
    private static Coroutine<Void> contend(Lock lock) {
        if (!lock.isLocked()) {
            await(lock.acquire());
        }
        await(lock.acquire());
        return Coroutine.done();
    }

    @ParameterizedTest
    @MethodSource("waitings")
    void who_waits_on_another_loop_than_others_did_before_is_refused(Waiting waiting) {
        run(() -> {
            Task<?> waiter = createTask(waiting.call.get());
            await(turn());
            waiter.cancel();
            await(failureOf(waiter));
            return Coroutine.done();
        });
        String text = waiting.subject.toString();

        Throwable failure = another.runUntilComplete(failureOf(waitFor(waiting.call.get(), Duration.ofHours(1))));
        another.close();

        assertThat(failure)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(text.substring(0, text.indexOf(' ')))
                .hasMessageEndingWith("> is bound to a different event loop: to "
                        + "<EventLoop running=false closed=false debug=" + loop.getDebug() + ">, but "
                        + "<EventLoop running=true closed=false debug=" + another.getDebug()
                        + "> runs here; make one object for each loop");
    }

    @ParameterizedTest
    @MethodSource("waitings")
    void a_refused_wait_leaves_no_trace(Waiting waiting) {
        run(() -> {
            Task<?> waiter = createTask(waiting.call.get());
            await(turn());
            waiter.cancel();
            await(failureOf(waiter));
            return Coroutine.done();
        });
        String before = waiting.subject.toString();

        another.runUntilComplete(failureOf(waitFor(waiting.call.get(), Duration.ofHours(1))));
        another.close();

        assertThat(waiting.subject).hasToString(before);
    }

    @Test
    void what_nobody_waits_for_serves_any_loop() {
        Lock lock = new Lock();
        Queue<Integer> queue = new Queue<>();

        for (EventLoop each : List.of(loop, another)) {
            each.runUntilComplete(async(() -> {
                await(lock.acquire());
                lock.release();
                await(queue.put(1));
                return queue.get();
            }));
        }
        another.close();

        assertThat(lock).hasToString("<Lock [unlocked]>");
        assertThat(queue).hasToString("<Queue maxsize=0 tasks=2>");
    }
}
