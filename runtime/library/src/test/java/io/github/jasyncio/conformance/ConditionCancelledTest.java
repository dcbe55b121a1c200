package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitOn;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.ReturnWhen;
import io.github.jasyncio.Task;
import io.github.jasyncio.sync.Condition;
import java.util.List;
import java.util.stream.Stream;

class ConditionCancelledTest extends Twin {

    @Async
    private Coroutine<Void> waiter(String name, Condition cond) {
        await(cond.acquire());
        try {
            try {
                log(name, "waits");
                await(cond.waitOn());
                log(name, "notified");
            } catch (CancelledError e) {
                log(name, "gets", e, "locked", cond.isLocked());
                throw e;
            }
        } finally {
            cond.release();
        }
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Condition cond = new Condition();
        Task<Void> a = createTask(waiter("a", cond), "a");
        Task<Void> b = createTask(waiter("b", cond), "b");
        Task<Void> c = createTask(waiter("c", cond), "c");
        Task<Void> d = createTask(waiter("d", cond), "d");
        await(sleep(ms(1)));
        await(cond.acquire());
        try {
            a.cancel("while another has the lock");
            await(sleep(ms(10)));
            log("a done", a.isDone());
            a.cancel("again");
            await(sleep(ms(10)));
            log("a done", a.isDone());
            a.cancel("once more");
            await(sleep(ms(10)));
        } finally {
            cond.release();
        }
        await(attempt("a", a));
        log("done", names(Stream.of(b, c, d).filter(Task::isDone).toList()));
        await(cond.acquire());
        try {
            cond.notify(1);
            c.cancel("chosen");
            log("c chosen and cancelled");
        } finally {
            cond.release();
        }
        await(waitOn(List.of(c, d), ReturnWhen.ALL_COMPLETED, ms(20)));
        log("c cancelled", c.isCancelled(), "d done", d.isDone());
        Task<Void> e = createTask(waiter("e", cond), "e");
        await(sleep(ms(1)));
        e.cancel("alone");
        await(attempt("e", e));
        log("locked", cond.isLocked());
        return Coroutine.done();
    }
}
