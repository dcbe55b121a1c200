package io.github.jasyncio;

import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.gatherOutcomes;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.shield;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.taskGroup;
import static io.github.jasyncio.Asyncio.timeout;
import static io.github.jasyncio.Asyncio.timeoutAt;
import static io.github.jasyncio.Asyncio.waitFor;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Semantics: {@code asyncio.timeout}. */
class TimeoutTraceTest extends GoldenTrace {

    /** What Python's {@code as t} leaves behind for the statements after the block. */
    private @Nullable Timeout left;

    private Timeout left() {
        if (left == null) {
            throw new AssertionError("no timeout was entered");
        }
        return left;
    }

    private void within(@Nullable Duration limit, ActionOn<Timeout> body) {
        await(timeout(limit, remembering(body)));
    }

    private AsyncFunction<Timeout, Void> remembering(ActionOn<Timeout> body) {
        return bodyDo(t -> {
            left = t;
            body.run(t);
        });
    }

    private static long inMillis(long n) {
        return getRunningLoop().time() + ms(n).toNanos();
    }

    private Coroutine<Void> limited(Duration limit) {
        return asyncDo(() -> {
            Timeout[] t = new Timeout[1];
            try {
                await(timeout(limit, bodyDo(entered -> {
                    t[0] = entered;
                    await(sleep(ms(1000)));
                })));
            } catch (Throwable e) {
                log("limited gets", e, "expired", t[0].expired(), "cancelling", me().cancelling());
                throw e;
            }
        });
    }

    @Test
    void timeout_and_cancel() {
        check("timeout_and_cancel", () -> {
            EventLoop loop = getRunningLoop();
            for (Duration when : List.of(ms(5), ms(10))) {
                Task<Void> w = createTask(limited(ms(10)), "w");
                loop.callLater(when, w::cancel);
                attempt("w", w);
                log("cancelled", w.isCancelled());
            }
            Task<Void> behind = createTask(limited(ms(10)), "w");
            await(sleep(Duration.ZERO));
            loop.callLater(ms(10), behind::cancel);
            attempt("w", behind);
            Task<Void> w = createTask(limited(ms(10)), "w");
            await(sleep(ms(10)));
            await(sleep(Duration.ZERO));
            log("w done", w.isDone());
            attempt("w", w);
            w = createTask(limited(ms(10)), "w");
            w.cancel();
            attempt("w", w);
        });
    }

    private Coroutine<String> job(String name, boolean refuses) {
        return async(() -> {
            try {
                await(sleep(ms(1000)));
            } catch (CancelledError e) {
                log(name, "cancelled");
                if (refuses) {
                    await(sleep(ms(5)));
                    return name + "'s value";
                }
                throw e;
            }
            return null;
        });
    }

    @Test
    void timeout_around_task() {
        check("timeout_around_task", () -> {
            for (String name : List.of("plain", "refusing", "shielded")) {
                Task<String> t = createTask(job(name, name.equals("refusing")), name);
                try {
                    within(ms(10), limit -> {
                        String value = await(name.equals("shielded") ? shield(t) : t);
                        log("value", value, "expired", limit.expired());
                        await(sleep(ms(1)));
                        log("the body goes on");
                    });
                } catch (AsyncTimeoutException e) {
                    log("timeout; task done", t.isDone(), "cancelling", t.cancelling());
                }
                t.cancel();
                attempt(name, t);
            }
        });
    }

    private static @Nullable Long millis(@Nullable Long nanos) {
        return nanos == null ? null : nanos / 1_000_000;
    }

    @Test
    void timeout_basic() {
        check("timeout_basic", () -> {
            Task<?> me = me();
            try {
                within(ms(10), t -> {
                    log("when", millis(t.when()), "expired", t.expired());
                    try {
                        await(sleep(ms(1000)));
                    } catch (CancelledError e) {
                        log("inside:", e, "expired", t.expired(), "cancelling", me.cancelling());
                        throw e;
                    }
                });
            } catch (AsyncTimeoutException e) {
                log("outside:", e, "expired", left().expired(), "cancelling", me.cancelling());
            }
            within(ms(10), t -> await(sleep(ms(5))));
            log("met; expired", left().expired(), "when", millis(left().when()));
            await(sleep(ms(20)));
            within(null, t -> await(sleep(ms(100))));
            log("none; when", left().when(), "expired", left().expired());
            try {
                await(timeoutAt(inMillis(10), remembering(t -> {
                    throw new Boom("body");
                })));
            } catch (Boom e) {
                log("body failed:", e, "expired", left().expired());
            }
            try {
                within(ms(10), t -> {
                    try {
                        await(sleep(ms(1000)));
                    } catch (CancelledError e) {
                        throw new Boom("in the handler");
                    }
                });
            } catch (Boom e) {
                log("another failure:", e, "expired", left().expired(), "cancelling", me.cancelling());
            }
        });
    }

    private Coroutine<Void> fails() {
        return asyncDo(() -> {
            await(sleep(ms(5)));
            throw new Boom("task");
        });
    }

    private Coroutine<Void> worker() {
        return asyncDo(() -> {
            Task<?> me = me();
            try {
                await(sleep(ms(1000)));
            } catch (CancelledError e) {
                log("swallowed; cancelling", me.cancelling());
            }
            try {
                within(ms(10), t -> await(sleep(ms(1000))));
            } catch (AsyncTimeoutException e) {
                log("timeout; cancelling", me.cancelling(), "expired", left().expired());
            }
            attempt("wait_for", waitFor(sleep(ms(1000)), ms(10)));
            try {
                await(taskGroup(bodyDo(group -> {
                    group.createTask(fails());
                    await(sleep(ms(1000)));
                })));
            } catch (Throwable e) {
                log("group:", e, "cancelling", me.cancelling());
            }
            attempt("next suspension", sleep(Duration.ZERO));
            log("count", me.cancelling(), "down to", me.uncancel(), me.uncancel());
            try {
                within(ms(10), t -> {
                    getRunningLoop().callLater(ms(5), () -> me.cancel("from outside"));
                    await(sleep(ms(1000)));
                });
            } catch (CancelledError e) {
                log(e, "cancelling", me.cancelling(), "expired", left().expired());
            }
        });
    }

    @Test
    void timeout_earlier_requests() {
        check("timeout_earlier_requests", () -> {
            Task<Void> t = createTask(worker(), "t");
            await(sleep(ms(1)));
            t.cancel();
            t.cancel();
            attempt("t", t);
            log("cancelled", t.isCancelled(), "cancelling", t.cancelling());
        });
    }

    private void nested(Duration outer, Duration inner) {
        Timeout[] o = new Timeout[1];
        Timeout[] i = new Timeout[1];
        try {
            await(timeout(outer, bodyDo(enteredOuter -> {
                o[0] = enteredOuter;
                try {
                    await(timeout(inner, bodyDo(enteredInner -> {
                        i[0] = enteredInner;
                        await(sleep(ms(1000)));
                    })));
                } catch (AsyncTimeoutException e) {
                    log("inner timeout;", i[0].expired(), o[0].expired(), "cancelling", me().cancelling());
                    await(sleep(ms(10)));
                    log("went on");
                } catch (CancelledError e) {
                    log("inner sees cancellation;", i[0].expired(), o[0].expired(), "cancelling", me().cancelling());
                    throw e;
                }
            })));
        } catch (AsyncTimeoutException e) {
            log("outer timeout;", i[0].expired(), o[0].expired(), "cancelling", me().cancelling());
            return;
        }
        log("outer met;", i[0].expired(), o[0].expired());
    }

    @Test
    void timeout_nested() {
        check("timeout_nested", () -> {
            nested(ms(30), ms(10));
            nested(ms(15), ms(10));
            nested(ms(10), ms(30));
            nested(ms(10), ms(10));
            nested(Duration.ZERO, Duration.ZERO);
            try {
                within(ms(10), t -> await(waitFor(sleep(ms(1000)), ms(10))));
            } catch (AsyncTimeoutException e) {
                log("one TimeoutError; cancelling", me().cancelling());
            }
        });
    }

    @Test
    void timeout_past() {
        check("timeout_past", () -> {
            await(sleep(ms(10)));
            List<Function<ActionOn<Timeout>, Coroutine<Void>>> makers = List.of(
                    body -> timeout(Duration.ZERO, remembering(body)),
                    body -> timeout(Duration.ofSeconds(-1), remembering(body)),
                    body -> timeoutAt(inMillis(-5), remembering(body)),
                    body -> timeoutAt(inMillis(0), remembering(body)));
            for (Function<ActionOn<Timeout>, Coroutine<Void>> make : makers) {
                try {
                    await(make.apply(t -> {
                        log("body starts");
                        await(sleep(Duration.ZERO));
                        log("never here");
                    }));
                } catch (AsyncTimeoutException e) {
                    log("timeout");
                }
                await(make.apply(t -> log("no suspension")));
                log("expired", left().expired());
            }
            try {
                within(Duration.ZERO, t -> await(sleep(ms(5))));
            } catch (AsyncTimeoutException e) {
                log("timeout while sleeping");
            }
        });
    }

    private void attemptReschedule(String what, @Nullable Long when) {
        attemptCall(what, () -> {
            left().reschedule(when);
            return null;
        });
    }

    @Test
    void timeout_reschedule() {
        check("timeout_reschedule", () -> {
            try {
                within(ms(10), t -> {
                    await(sleep(ms(5)));
                    t.reschedule(inMillis(10));
                    await(sleep(ms(9)));
                    log("beyond the first deadline");
                    t.reschedule(null);
                    await(sleep(ms(100)));
                    log("no deadline; when", t.when());
                    t.reschedule(inMillis(20));
                    t.reschedule(inMillis(10));
                    await(sleep(ms(1000)));
                });
            } catch (AsyncTimeoutException e) {
                log("timeout");
            }
            attemptReschedule("reschedule when over", inMillis(1000));
            try {
                within(null, t -> {
                    t.reschedule(inMillis(-1000));
                    log("moved to the past; expired", t.expired());
                    try {
                        await(sleep(ms(1000)));
                    } finally {
                        attemptReschedule("reschedule while expiring", inMillis(1000));
                    }
                });
            } catch (AsyncTimeoutException e) {
                log("timeout", left().expired());
            }
            within(ms(10), t -> {});
            attemptReschedule("reschedule when left", null);
        });
    }

    @Test
    void timeout_swallowed() {
        check("timeout_swallowed", () -> {
            Task<?> me = me();
            within(ms(10), t -> {
                try {
                    await(sleep(ms(1000)));
                } catch (CancelledError e) {
                    log("swallowed; cancelling", me.cancelling());
                }
                await(sleep(ms(20)));
                log("slept on");
            });
            log("left; expired", left().expired(), "cancelling", me.cancelling());
            try {
                within(ms(10), t -> await(shield(sleep(ms(30)))));
            } catch (AsyncTimeoutException e) {
                log("shielded: timeout");
            }
            within(ms(10), t -> {
                await(gatherOutcomes(sleep(ms(5))));
                getRunningLoop().callLater(ms(5), me::cancel);
                try {
                    await(sleep(ms(1000)));
                } catch (CancelledError e) {
                    log("twice; cancelling", me.cancelling(), "expired", t.expired());
                    me.uncancel();
                }
            });
            log("end; expired", left().expired(), "cancelling", me.cancelling());
        });
    }
}
