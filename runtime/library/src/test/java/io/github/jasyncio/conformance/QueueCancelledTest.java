package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitFor;
import static io.github.jasyncio.Asyncio.waitOn;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.ReturnWhen;
import io.github.jasyncio.Task;
import io.github.jasyncio.sync.Queue;
import java.util.List;

class QueueCancelledTest extends Twin {

    @Async
    private Coroutine<Void> getter(String name, Queue<Object> queue) {
        try {
            log(name, "takes", await(queue.get()));
        } catch (CancelledError e) {
            log(name, "cancelled");
            throw e;
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> putter(String name, Queue<Object> queue) {
        try {
            await(queue.put(name));
            log(name, "has put");
        } catch (CancelledError e) {
            log(name, "cancelled");
            throw e;
        }
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Queue<Object> queue = new Queue<>(1);
        Task<Void> a = createTask(getter("a", queue), "a");
        Task<Void> b = createTask(getter("b", queue), "b");
        Task<Void> c = createTask(getter("c", queue), "c");
        await(sleep(ms(0)));
        a.cancel();
        queue.putNowait(1);
        await(sleep(ms(1)));
        queue.putNowait(2);
        c.cancel();
        await(sleep(ms(1)));
        log("size", queue.size(), "done", List.of(a.isDone(), b.isDone(), c.isDone()));
        Task<Void> d = createTask(putter("d", queue), "d");
        createTask(putter("e", queue), "e");
        Task<Void> f = createTask(putter("f", queue), "f");
        await(sleep(ms(0)));
        log("get", queue.getNowait());
        d.cancel();
        await(sleep(ms(1)));
        log("get", queue.getNowait());
        f.cancel();
        await(sleep(ms(1)));
        log("size", queue.size());
        await(attempt("get", waitFor(queue.get(), ms(5))));
        Task<Void> g = createTask(getter("g", queue), "g");
        Task<Void> h = createTask(getter("h", queue), "h");
        await(sleep(ms(0)));
        queue.putNowait(3);
        g.cancel();
        await(waitOn(List.of(g, h), ReturnWhen.ALL_COMPLETED, ms(5)));
        log("h done", h.isDone(), h.cancel());
        return Coroutine.done();
    }
}
