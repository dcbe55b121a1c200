package io.github.jasyncio;

import static io.github.jasyncio.Asyncio.asCompleted;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitOn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Semantics: {@code asyncio.as_completed}, as a plain iterator. */
class AsCompletedTraceTest extends GoldenTrace {

    private Coroutine<String> job(String name, Duration delay, boolean fails) {
        return async(() -> {
            await(sleep(delay));
            if (fails) {
                throw new Boom(name);
            }
            return name;
        });
    }

    private Coroutine<String> job(String name, int delay) {
        return job(name, ms(delay), false);
    }

    @Test
    void ascompleted_order() {
        check("ascompleted_order", () -> {
            for (Coroutine<String> next :
                    asCompleted(List.of(job("a", 30), job("b", 10), job("c", ms(20), true), job("d", 0)))) {
                attempt("next", next);
            }
            Task<String> t = createTask(job("t", 0), "t");
            await(t);
            Future<String> f = getRunningLoop().createFuture();
            getRunningLoop().callLater(ms(5), f::cancel);
            for (Coroutine<String> next : Asyncio.<String>asCompleted(List.of(f, t, t, job("same instant", 5)))) {
                attempt("next", next);
            }
            List<Coroutine<String>> handed = new ArrayList<>();
            asCompleted(List.of(job("x", 10), job("y", 5))).forEach(handed::add);
            log("handed out", handed.size());
            attempt("awaited out of order", handed.get(1));
            attempt("awaited out of order", handed.get(0));
            List<Coroutine<String>> none = new ArrayList<>();
            asCompleted(List.<Coroutine<String>>of()).forEach(none::add);
            log("empty", none.size());
        });
    }

    private Task<String> task(String name, int delay) {
        return createTask(
                async(() -> {
                    try {
                        await(sleep(ms(delay)));
                        log(name, "ends");
                        return name;
                    } catch (CancelledError e) {
                        log(name, "never cancelled");
                        throw e;
                    }
                }),
                name);
    }

    @Test
    void ascompleted_timeout() {
        check("ascompleted_timeout", () -> {
            List<Task<String>> tasks = List.of(task("a", 10), task("b", 30), task("c", 20), task("d", 40));
            for (Coroutine<String> next : asCompleted(tasks, ms(25))) {
                attempt("next", next);
            }
            log("pending", names(tasks.stream().filter(t -> !t.isDone()).toList()));
            await(waitOn(tasks, ReturnWhen.ALL_COMPLETED));
            for (Coroutine<String> next : asCompleted(tasks.subList(0, 2), Duration.ZERO)) {
                attempt("next", next);
            }
            Task<Void> taker = createTask(
                    asyncDo(() -> {
                        for (Coroutine<String> next : asCompleted(List.of(task("e", 10)))) {
                            await(next);
                        }
                    }),
                    "taker");
            await(sleep(ms(5)));
            taker.cancel();
            attempt("taker", taker);
            await(sleep(ms(10)));
        });
    }
}
