package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.gatherOutcomes;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitOn;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.ReturnWhen;
import io.github.jasyncio.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * Cancelling the gather asks every child that is not done, in order. Without outcomes the gather is over with the
 * first child that ends cancelled or failed, and the others linger on; with outcomes it waits for all. It ends with
 * CancelledError even if outcomes were asked for, and even if all children took no notice - but a failure that comes
 * first is what is raised. It is never "cancelled" itself.
 */
class GatherCancelOuterTest extends Twin {

    @Async
    private Coroutine<String> job(String name, String how) {
        try {
            await(sleep(ms(50)));
            return Coroutine.of(name + " in time");
        } catch (CancelledError e) {
            log(name, "gets", e);
            if (how.equals("lingers")) {
                await(sleep(ms(10)));
            }
            if (how.equals("stays")) {
                return Coroutine.of(name + " stayed");
            }
            if (how.equals("fails")) {
                throw new Boom(name);
            }
            throw e;
        }
    }

    @Async
    @Override
    Coroutine<Void> main() {
        for (boolean both : new boolean[] {false, true}) {
            for (List<String> kinds : List.of(
                    List.of("leaves", "leaves"),
                    List.of("lingers", "leaves"),
                    List.of("stays", "stays"),
                    List.of("leaves", "fails"),
                    List.of("stays", "fails"))) {
                List<Task<String>> tasks = new ArrayList<>();
                for (String how : kinds) {
                    String i = String.valueOf(tasks.size());
                    tasks.add(createTask(job(i, how), i));
                }
                Future<? extends List<?>> g = both ? gatherOutcomes(tasks) : gather(tasks);
                await(sleep(ms(10)));
                log(String.join(", ", kinds), both ? "outcomes" : "", "cancel", g.cancel(), "done", g.isDone());
                try {
                    log("gather ->", await(g));
                } catch (Throwable e) {
                    log("gather raised", typeName(e), "cancelled", g.isCancelled());
                }
                await(waitOn(tasks, ReturnWhen.ALL_COMPLETED));
            }
        }
        Future<List<String>> done = gather();
        log("cancel what is done", done.cancel());
        return Coroutine.done();
    }
}
