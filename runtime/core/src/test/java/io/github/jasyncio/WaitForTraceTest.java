package io.github.jasyncio;

import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.shield;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitFor;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Semantics: {@code asyncio.wait_for}. */
class WaitForTraceTest extends GoldenTrace {

    private Coroutine<String> job(Duration delay, boolean fails) {
        return async(() -> {
            log("job in task", me().getName());
            await(sleep(delay));
            if (fails) {
                throw new Boom("job");
            }
            return "result";
        });
    }

    @Test
    void waitfor_in_time() {
        check("waitfor_in_time", () -> {
            me().setName("main");
            attempt("coroutine", waitFor(job(ms(5), false), ms(10)));
            attempt("failing", waitFor(job(ms(5), true), ms(10)));
            attempt("task", waitFor(createTask(job(ms(5), false), "t"), ms(10)));
            attempt("no limit", waitFor(job(ms(500), false), null));
            attempt("nested", waitFor(waitFor(job(ms(5), false), ms(20)), ms(10)));
            Future<String> future = getRunningLoop().createFuture();
            getRunningLoop().callLater(ms(3), () -> future.setResult("set"));
            attempt("future", waitFor(future, ms(10)));
            await(sleep(ms(100)));
            log("cancelling", me().cancelling());
        });
    }

    private Coroutine<String> refusing(String how) {
        return async(() -> {
            try {
                await(sleep(ms(1000)));
            } catch (CancelledError e) {
                log(how);
                await(sleep(ms(5)));
                if (how.equals("returns")) {
                    return "too late, but a value";
                }
                if (how.equals("fails")) {
                    throw new Boom("while being cancelled");
                }
                throw new CancelledError("another one");
            }
            return null;
        });
    }

    @Test
    void waitfor_inner_refuses() {
        check("waitfor_inner_refuses", () -> {
            for (String how : List.of("returns", "fails", "raises anew")) {
                attempt("coroutine " + how, waitFor(refusing(how), ms(10)));
                attempt("task " + how, waitFor(createTask(refusing(how)), ms(10)));
                Task<String> t = createTask(refusing(how));
                await(sleep(Duration.ZERO));
                attempt("zero " + how, waitFor(t, Duration.ZERO));
            }
            log("cancelling", me().cancelling());
        });
    }

    private Coroutine<String> cleaningUp(String name, String how) {
        return async(() -> {
            try {
                await(sleep(ms(1000)));
            } catch (CancelledError e) {
                log(name, "gets", e);
                if (how.equals("fails")) {
                    throw new Boom(name);
                }
                if (how.equals("stays")) {
                    return "a value";
                }
                throw e;
            } finally {
                await(sleep(ms(5)));
            }
            return null;
        });
    }

    private Coroutine<String> waits(Awaitable<String> awaitable, @Nullable Duration limit) {
        return async(() -> {
            try {
                return await(waitFor(awaitable, limit));
            } catch (CancelledError e) {
                log("waiter gets", e);
                throw e;
            }
        });
    }

    @Test
    void waitfor_outer_cancelled() {
        check("waitfor_outer_cancelled", () -> {
            for (String how : List.of("leaves", "fails", "stays")) {
                for (boolean limited : new boolean[] {true, false}) {
                    Task<String> w = createTask(waits(cleaningUp("coroutine", how), limited ? ms(100) : null), "w");
                    await(sleep(ms(10)));
                    w.cancel("outside");
                    attempt(how, w);
                    log("cancelled", w.isCancelled(), w.cancelling());
                }
            }
            Task<String> t = createTask(cleaningUp("task", "leaves"), "t");
            Task<String> w = createTask(waits(t, ms(100)), "w");
            await(sleep(ms(10)));
            w.cancel("outside");
            attempt("w", w);
            log("t cancelled", t.isCancelled());
        });
    }

    private Coroutine<String> racing(Awaitable<String> awaitable) {
        return async(() -> {
            try {
                return await(waitFor(awaitable, ms(10)));
            } catch (Throwable e) {
                log("waiter gets", e, "cancelling", me().cancelling());
                throw e;
            }
        });
    }

    @Test
    void waitfor_race() {
        check("waitfor_race", () -> {
            EventLoop loop = getRunningLoop();
            for (List<String> order : List.of(
                    List.of("result", "timeout"),
                    List.of("timeout", "result"),
                    List.of("cancel", "result"),
                    List.of("result", "cancel"),
                    List.of("cancel", "timeout"),
                    List.of("timeout", "cancel"))) {
                String first = order.get(0);
                String second = order.get(1);
                Future<String> future = loop.createFuture();
                Task<String> w = createTask(racing(future), "w");
                Map<String, Runnable> act = Map.of(
                        "result",
                        () -> {
                            if (!future.isDone()) {
                                future.setResult("in time");
                            }
                        },
                        "cancel",
                        w::cancel);
                if (!first.equals("timeout")) {
                    loop.callLater(ms(10), act.getOrDefault(first, () -> {}));
                }
                await(sleep(Duration.ZERO));
                if (!second.equals("timeout")) {
                    loop.callLater(ms(10), act.getOrDefault(second, () -> {}));
                }
                attempt(first + ", then " + second, w);
                log("cancelled", w.isCancelled(), "future cancelled", future.isCancelled());
            }
        });
    }

    private Coroutine<Void> lingering(String name, Duration lingers) {
        return asyncDo(() -> {
            try {
                await(sleep(ms(1000)));
            } catch (CancelledError e) {
                log(name, "gets", e);
                await(sleep(lingers));
                log(name, "leaves");
                throw e;
            }
        });
    }

    @Test
    void waitfor_timeout() {
        check("waitfor_timeout", () -> {
            attempt("coroutine", waitFor(lingering("coroutine", Duration.ZERO), ms(10)));
            attempt("lingering", waitFor(lingering("lingering", ms(15)), ms(10)));
            Task<Void> t = createTask(lingering("task", ms(5)), "t");
            attempt("task", waitFor(t, ms(10)));
            log("task cancelled", t.isCancelled());
            Future<Void> f = getRunningLoop().createFuture();
            attempt("future", waitFor(f, ms(10)));
            log("future cancelled", f.isCancelled());
            Task<Void> s = createTask(lingering("shielded", Duration.ZERO), "s");
            attempt("shielded", waitFor(shield(s), ms(10)));
            log("shielded done", s.isDone());
            s.cancel();
            attempt("s", s);
            log("cancelling", me().cancelling());
        });
    }

    private Coroutine<String> startsAndEnds(String name) {
        return async(() -> {
            log(name, "starts");
            try {
                await(sleep(ms(10)));
            } finally {
                log(name, "ends");
            }
            return name;
        });
    }

    @Test
    void waitfor_zero() {
        check("waitfor_zero", () -> {
            EventLoop loop = getRunningLoop();
            for (Duration limit : List.of(Duration.ZERO, ms(-1))) {
                attempt("coroutine", waitFor(startsAndEnds("coroutine"), limit));
                Task<String> t = createTask(startsAndEnds("task"), "t");
                await(sleep(Duration.ZERO));
                attempt("task", waitFor(t, limit));
                Task<String> fresh = createTask(startsAndEnds("fresh"));
                attempt("task not started yet", waitFor(fresh, limit));
                Future<String> f = loop.createFuture();
                attempt("future", waitFor(f, limit));
                log("cancelled", t.isCancelled(), fresh.isCancelled(), f.isCancelled());
            }
            Future<String> done = loop.createFuture();
            done.setResult("done");
            attempt("done", waitFor(done, Duration.ZERO));
            Future<String> failed = loop.createFuture();
            failed.setException(new Boom("failed"));
            attempt("failed", waitFor(failed, Duration.ZERO));
            Future<String> cancelled = loop.createFuture();
            cancelled.cancel("earlier");
            attempt("cancelled", waitFor(cancelled, Duration.ZERO));
        });
    }
}
