package io.github.jasyncio;

import static io.github.jasyncio.Asyncio.asCompleted;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.shield;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.taskGroup;
import static io.github.jasyncio.Asyncio.timeout;
import static io.github.jasyncio.Asyncio.waitFor;
import static io.github.jasyncio.Asyncio.waitOn;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many turns of the loop things take, counted by a callback that queues itself again. */
class TurnsTraceTest extends GoldenTrace {

    private int turns;

    private void tick() {
        turns++;
        getRunningLoop().callSoon(this::tick);
    }

    private void count(String what, Awaitable<?> awaitable) {
        int before = turns;
        String shown = what;
        try {
            await(awaitable);
        } catch (Boom e) {
            shown += " (Boom: " + e.getMessage() + ")";
        } catch (AsyncTimeoutException e) {
            shown += " (TimeoutError)";
        } catch (CancelledError e) {
            shown += " (CancelledError)";
        } catch (ExceptionGroup e) {
            shown += " (ExceptionGroup[Boom: " + e.exceptions().get(0).getMessage() + "])";
        }
        log(shown + ":", turns - before);
    }

    private Coroutine<String> nothing() {
        return async(() -> "x");
    }

    private Coroutine<Void> yielding(int n) {
        return asyncDo(() -> {
            for (int i = 0; i < n; i++) {
                await(sleep(Duration.ZERO));
            }
        });
    }

    @Test
    void turns_await() {
        check("turns_await", () -> {
            EventLoop loop = getRunningLoop();
            loop.callSoon(this::tick);
            Future<Integer> done = loop.createFuture();
            done.setResult(1);
            Future<Integer> pending = loop.createFuture();
            loop.callSoon(() -> pending.setResult(1));
            Task<Void> cancelled = createTask(yielding(100));
            count("coroutine", nothing());
            count("done future", done);
            count("future set in the next turn", pending);
            count("sleep 0", sleep(Duration.ZERO));
            count("coroutine that yields 3 times", yielding(3));
            count("task", createTask(nothing()));
            count("task that yields 3 times", createTask(yielding(3)));
            cancelled.cancel();
            count("cancelled task", cancelled);
            count("shield of a coroutine", shield(nothing()));
            count("shield of a done future", shield(done));
            count("wait_for coroutine", waitFor(nothing(), ms(1000)));
            count("wait_for coroutine, None", waitFor(nothing(), null));
            count("wait_for coroutine, 0", waitFor(nothing(), Duration.ZERO));
            count("wait_for done future, 0", waitFor(done, Duration.ZERO));
            count("wait_for task", waitFor(createTask(nothing()), ms(1000)));
            count("wait_for yielding task, 0", waitFor(createTask(yielding(3)), Duration.ZERO));
        });
    }

    private Coroutine<Void> job(int n, boolean fails) {
        return asyncDo(() -> {
            for (int i = 0; i < n; i++) {
                await(sleep(Duration.ZERO));
            }
            if (fails) {
                throw new Boom("job");
            }
        });
    }

    private Coroutine<Void> job(int n) {
        return job(n, false);
    }

    private Coroutine<Void> group(List<Coroutine<Void>> jobs) {
        return taskGroup(bodyDo(group -> {
            for (Coroutine<Void> job : jobs) {
                group.createTask(job);
            }
        }));
    }

    private Coroutine<Void> completed(List<Coroutine<Void>> jobs) {
        return asyncDo(() -> {
            for (Coroutine<Void> next : asCompleted(jobs)) {
                await(next);
            }
        });
    }

    private Coroutine<Void> limited(Awaitable<Void> awaitable) {
        return timeout(ms(1000), body(t -> await(awaitable)));
    }

    @Test
    void turns_many() {
        check("turns_many", () -> {
            EventLoop loop = getRunningLoop();
            loop.callSoon(this::tick);
            Future<Integer> done = loop.createFuture();
            done.setResult(1);
            count("gather nothing", gather());
            count("gather done futures", gather(done, done));
            count("gather one", gather(job(0)));
            count("gather 0, 2, 1", gather(job(0), job(2), job(1)));
            count("gather, one fails", gather(job(5), job(1, true)));
            count("wait for done", waitOn(List.of(done), ReturnWhen.ALL_COMPLETED));
            count("wait for all", waitOn(List.of(createTask(job(0)), createTask(job(2))), ReturnWhen.ALL_COMPLETED));
            count(
                    "wait for first",
                    waitOn(List.of(createTask(job(3)), createTask(job(0))), ReturnWhen.FIRST_COMPLETED));
            count("wait, timeout 0", waitOn(List.of(createTask(job(3))), ReturnWhen.ALL_COMPLETED, Duration.ZERO));
            count("as_completed", completed(List.of(job(2), job(0))));
            count("empty group", group(List.of()));
            count("group of one", group(List.of(job(0))));
            count("group 0, 2", group(List.of(job(0), job(2))));
            count("group, one fails", group(List.of(job(9), job(1, true))));
            count("timeout around a coroutine", limited(job(0)));
            count("timeout around a task", limited(createTask(job(0))));
        });
    }
}
