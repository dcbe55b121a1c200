package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.taskGroup;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.ExceptionGroup;
import io.github.jasyncio.Task;
import java.util.List;

/**
 * The parent is cancelled, in the body or while it waits at the end: so are the tasks, and CancelledError goes on
 * when they have ended - unless one of them failed, whose failure then comes out, with the request still counted and
 * delivered at the next suspension.
 */
class GroupCancelledFromOutsideTest extends Twin {

    @Async
    private Coroutine<Void> job(String name, String how) {
        try {
            await(sleep(ms(50)));
        } catch (CancelledError e) {
            log(name, "gets", e);
            await(sleep(ms(5)));
            if (how.equals("fails")) {
                throw new Boom(name);
            }
            throw e;
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> parent(boolean inBody, String how) {
        Task<?> me = requireNonNull(currentTask());
        try {
            await(taskGroup(group -> {
                group.createTask(job("a", "leaves"));
                group.createTask(job("b", how));
                if (inBody) {
                    await(sleep(ms(50)));
                }
                return Coroutine.done();
            }));
        } catch (Throwable e) {
            log("parent gets", e, "cancelling", me.cancelling());
            if (e instanceof ExceptionGroup) {
                await(attempt("next suspension", sleep(ms(1))));
                log("cancelling", me.cancelling());
            }
            throw e;
        }
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        for (boolean inBody : new boolean[] {true, false}) {
            for (String how : List.of("leaves", "fails")) {
                Task<Void> p = createTask(parent(inBody, how), "p");
                await(sleep(ms(10)));
                p.cancel("outside");
                await(attempt("p", p));
                log("p cancelled", p.isCancelled(), p.cancelling());
            }
        }
        return Coroutine.done();
    }
}
