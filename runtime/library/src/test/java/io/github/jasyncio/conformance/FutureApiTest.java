package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a future answers in each state, and what it refuses.
 */
class FutureApiTest extends Twin {

    private void states(String what, Future<?> f) {
        log(what, "done", f.isDone(), "cancelled", f.isCancelled());
        try {
            log("result", f.result());
        } catch (Throwable e) {
            log("result", "raises", typeName(e));
        }
        try {
            log("exception", f.exception());
        } catch (Throwable e) {
            log("exception", "raises", typeName(e));
        }
    }

    @Async
    @Override
    Coroutine<Void> main() {
        EventLoop loop = getRunningLoop();
        Future<Object> pending = loop.createFuture();
        Future<Object> result = loop.createFuture();
        Future<Object> nothing = loop.createFuture();
        Future<Object> failed = loop.createFuture();
        Future<Object> cancelled = loop.createFuture();
        result.setResult("r");
        nothing.setResult(null);
        failed.setException(new Boom("f"));
        log("cancel", cancelled.cancel("c"), cancelled.cancel());
        Map<String, Future<Object>> futures = new LinkedHashMap<>();
        futures.put("pending", pending);
        futures.put("result", result);
        futures.put("null", nothing);
        futures.put("failed", failed);
        futures.put("cancelled", cancelled);
        futures.forEach((name, f) -> {
            states(name, f);
            if (f != pending) {
                attemptCall("set_result", () -> f.setResult(1));
                attemptCall("set_exception", () -> f.setException(new Boom("again")));
                log("cancel", f.cancel());
            }
        });
        log("its loop", result.getLoop() == loop);
        Boom raised = new Boom("the very same object");
        Future<Object> same = loop.createFuture();
        same.setException(raised);
        for (int i = 0; i < 2; i++) {
            try {
                await(same);
            } catch (Boom e) {
                log(e == raised, same.exception() == raised);
            }
        }
        Task<Void> t = createTask(sleep(ms(0)), "t");
        states("task", t);
        await(t);
        return Coroutine.done();
    }
}
