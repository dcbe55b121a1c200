package io.github.jasyncio;

import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitOn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Semantics: {@code asyncio.wait}. */
class WaitOnTraceTest extends GoldenTrace {

    private Coroutine<Void> endingJob(String name, Duration delay) {
        return asyncDo(() -> {
            await(sleep(delay));
            log(name, "ends");
        });
    }

    private Coroutine<Void> waits(Collection<Task<Void>> tasks) {
        return asyncDo(() -> {
            try {
                await(waitOn(tasks, ReturnWhen.ALL_COMPLETED, ms(50)));
            } catch (CancelledError e) {
                log("waiter gets", e);
                throw e;
            }
        });
    }

    @Test
    void wait_cancelled() {
        check("wait_cancelled", () -> {
            List<Task<Void>> tasks =
                    List.of(createTask(endingJob("a", ms(20)), "a"), createTask(endingJob("b", ms(30)), "b"));
            Task<Void> w = createTask(waits(tasks), "w");
            await(sleep(ms(10)));
            w.cancel("stop waiting");
            attempt("w", w);
            log(
                    "done",
                    tasks.stream().map(Future::isDone).toList(),
                    "cancelling",
                    tasks.stream().map(Task::cancelling).toList());
            Task<Void> x = createTask(waits(tasks), "x");
            await(sleep(ms(20)));
            log("x done", x.isDone(), "cancel", x.cancel("just in time"));
            attempt("x", x);
        });
    }

    private Task<Void> make(String name, int delay, String how) {
        return createTask(
                asyncDo(() -> {
                    await(sleep(ms(delay)));
                    log(name, how);
                    if (how.equals("fails")) {
                        throw new Boom(name);
                    }
                }),
                name);
    }

    private Task<Void> make(String name, int delay) {
        return make(name, delay, "ends");
    }

    private Set<Future<Void>> show(String what, Collection<? extends Future<Void>> tasks, ReturnWhen returnWhen) {
        WaitResult<Void> result = await(waitOn(tasks, returnWhen));
        log(what, "done", names(result.done()), "pending", names(result.pending()));
        return result.pending();
    }

    @Test
    void wait_modes() {
        check("wait_modes", () -> {
            show("all", List.of(make("a", 20), make("b", 10, "fails")), ReturnWhen.ALL_COMPLETED);
            Set<Future<Void>> left =
                    new LinkedHashSet<>(List.of(make("c", 20), make("d", 10, "fails"), make("e", 10), make("f", 30)));
            while (!left.isEmpty()) {
                left = show("first", left, ReturnWhen.FIRST_COMPLETED);
            }
            List<Task<Void>> tasks =
                    List.of(make("g", 10), make("h", 20, "fails"), make("i", 30), make("j", 20, "fails"));
            show("failure", tasks, ReturnWhen.FIRST_EXCEPTION);
            show("no failure left", List.of(tasks.get(0), tasks.get(2)), ReturnWhen.FIRST_EXCEPTION);
            show("failed before", tasks, ReturnWhen.FIRST_EXCEPTION);
            tasks = List.of(make("k", 20), make("l", 30));
            getRunningLoop().callLater(ms(10), tasks.get(0)::cancel);
            show("a cancelled task is no failure", tasks, ReturnWhen.FIRST_EXCEPTION);
            for (Task<Void> t : tasks) {
                log(t.getName(), "cancelled", t.isCancelled());
            }
        });
    }

    private Coroutine<String> job(String name, Duration delay) {
        return async(() -> {
            await(sleep(delay));
            return name;
        });
    }

    @Test
    void wait_timeout() {
        check("wait_timeout", () -> {
            List<Task<String>> tasks = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                String name = List.of("a", "b", "c").get(i);
                tasks.add(createTask(job(name, ms(10L * (i + 1))), name));
            }
            List<@Nullable Duration> limits = Arrays.asList(ms(15), ms(5), Duration.ZERO, ms(-1), ms(10), null);
            for (Duration limit : limits) {
                WaitResult<String> result = await(waitOn(tasks, ReturnWhen.ALL_COMPLETED, limit));
                log(
                        "limit",
                        limit == null ? "none" : limit.toMillis(),
                        "done",
                        names(result.done()),
                        "pending",
                        names(result.pending()));
            }
            WaitResult<String> result = await(waitOn(List.of(tasks.get(0), tasks.get(0)), ReturnWhen.ALL_COMPLETED));
            log("twice the same", names(result.done()));
            Task<String> fresh = createTask(job("new", ms(10)), "new");
            result = await(waitOn(List.of(tasks.get(0), fresh), ReturnWhen.FIRST_COMPLETED));
            log("one done before", names(result.done()), names(result.pending()));
            result = await(waitOn(List.of(fresh), ReturnWhen.ALL_COMPLETED, ms(10)));
            log("same instant", names(result.done()), names(result.pending()));
            attempt("nothing to wait for", waitOn(List.<Task<String>>of(), ReturnWhen.ALL_COMPLETED));
        });
    }
}
