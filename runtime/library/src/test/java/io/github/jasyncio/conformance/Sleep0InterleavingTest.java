package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.List;

/**
 * sleep(0) gives up exactly one turn; so does a negative time. Tasks go round in the order in which they came.
 */
class Sleep0InterleavingTest extends Twin {

    private Coroutine<Void> worker(String name, int n) {
        return worker(name, n, Duration.ZERO);
    }

    @Async
    private Coroutine<Void> worker(String name, int n, Duration delay) {
        String result = null;
        for (int i = 0; i < n; i++) {
            log(name, i);
            result = await(sleep(delay, name + " slept"));
        }
        log(name, "ends;", result);
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> late() {
        await(sleep(Duration.ZERO));
        await(sleep(Duration.ZERO));
        log("late starts d");
        await(createTask(worker("d", 1)));
        log("late ends");
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        List<Task<Void>> tasks = List.of(
                createTask(worker("a", 3)),
                createTask(worker("b", 5)),
                createTask(late()),
                createTask(worker("c", 4, Duration.ofSeconds(-1))));
        for (Task<Void> t : tasks) {
            await(t);
            log("main has one");
        }
        return Coroutine.done();
    }
}
