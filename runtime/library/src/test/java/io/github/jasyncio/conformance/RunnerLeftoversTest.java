package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.emit;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncGenerator;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Runner;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * run(): when the main coroutine has ended, the tasks that are left are cancelled, in the order of their making, and
 * waited for; one that fails then is reported to the exception handler; then async generators are closed. The loop is
 * new, and closed at the end.
 */
class RunnerLeftoversTest extends Twin {

    private final List<Task<Void>> tasks = new ArrayList<>();
    private @Nullable EventLoop loop;

    /** Alive until the end. */
    private @Nullable AsyncGenerator<Integer> generator;

    @Async
    private AsyncGenerator<Integer> generator() {
        try {
            emit(1);
        } finally {
            log("generator closed");
        }
        return AsyncGenerator.done();
    }

    @Async
    private Coroutine<Void> job(String name, String how, Duration delay) {
        try {
            await(sleep(delay));
            log(name, "ends");
        } catch (CancelledError e) {
            log(name, how);
            if (how.equals("fails")) {
                throw new Boom(name);
            }
            if (how.equals("lingers")) {
                await(sleep(ms(10)));
                log(name, "has lingered");
            }
            if (how.equals("makes another")) {
                createTask(job("another", "leaves", ms(5)));
            }
        } finally {
            log(name, "finally");
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<String> makesJobs() {
        loop = getRunningLoop();
        for (String how : List.of("leaves", "fails", "lingers", "makes another")) {
            tasks.add(createTask(job(how, how, ms(1000))));
        }
        tasks.add(createTask(job("fifth", "leaves", ms(10)))); // its timer is due when this one's is, and behind it
        AsyncGenerator<Integer> g = generator();
        log("generator gives", await(g.next()));
        generator = g;
        await(sleep(ms(10)));
        tasks.add(createTask(job("made last", "leaves", ms(1000))));
        log("main ends");
        return Coroutine.of("result");
    }

    /** {@code asyncio.run(coroutine, loop_factory=new_loop)}. */
    private <T> T runOnNewLoop(Coroutine<T> coroutine) {
        try (Runner runner = Runner.builder().loopFactory(this::newLoop).build()) {
            return runner.run(coroutine);
        }
    }

    @Override
    void program() {
        newLoop().close();
        log("returned", runOnNewLoop(makesJobs()));
        requireNonNull(generator);
        log("closed", requireNonNull(loop).isClosed());
        log(tasks.stream().map(Task::isCancelled).toList());
    }
}
