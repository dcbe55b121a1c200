package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitOn;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.ReturnWhen;
import io.github.jasyncio.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * All who wait for one future resume in one turn, in the order in which they came; also with the same exception.
 */
class FutureManyWaitersTest extends Twin {

    @Async
    private Coroutine<Void> waits(String name, Future<String> future) {
        try {
            log(name, "gets", await(future));
        } catch (Boom e) {
            log(name, "gets", e, e == future.exception());
        }
        await(sleep(ms(0)));
        log(name, "one turn later");
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        EventLoop loop = getRunningLoop();
        for (String how : List.of("result", "failure")) {
            Future<String> f = loop.createFuture();
            List<Task<Void>> tasks = new ArrayList<>();
            for (String n : List.of("a", "b", "c")) {
                tasks.add(createTask(waits(n, f), n));
            }
            await(sleep(ms(1)));
            tasks.add(createTask(waits("d", f), "d")); // comes when the future is done: does not suspend
            loop.callSoon(() -> log("soon before"));
            if (how.equals("result")) {
                f.setResult("r");
            } else {
                f.setException(new Boom("f"));
            }
            loop.callSoon(() -> log("soon after"));
            await(waitOn(tasks, ReturnWhen.ALL_COMPLETED));
        }
        return Coroutine.done();
    }
}
