package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.time.Duration;

/**
 * Awaiting a coroutine runs it in place; awaiting a task of it lets everything that was queued before go first, and
 * costs turns.
 */
class StartTaskOrCoroutineTest extends Twin {

    @Async
    private Coroutine<String> job(String name) {
        log(name, "runs");
        return Coroutine.of(name);
    }

    @Async
    private Coroutine<Void> ticker() {
        for (int i = 0; i < 8; i++) {
            log("tick", i);
            await(sleep(Duration.ZERO));
        }
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Task<Void> t = createTask(ticker());
        log("await coroutine:", await(job("coroutine")));
        log("await task:", await(createTask(job("task"))));
        Task<String> inner = createTask(job("inner"));
        await(sleep(Duration.ZERO));
        log("inner done:", inner.isDone());
        log("await done task:", await(inner));
        log("await task of task:", await(createTask(relay(createTask(job("relayed"))))));
        await(t);
        return Coroutine.done();
    }

    @Async
    private Coroutine<String> relay(Task<String> task) {
        log("relay waits");
        String value = await(task);
        log("relay has it");
        return Coroutine.of(value);
    }
}
