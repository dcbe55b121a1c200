package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.gatherOutcomes;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.Outcome;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * With return_exceptions failures and cancellations of children are values, and the gather waits for all of them. (In
 * Java: gatherOutcomes, a Failure where Python has the exception itself.)
 */
class GatherOutcomesTest extends Twin {

    @Async
    private Coroutine<String> job(String name, Duration delay, String how) {
        await(sleep(delay));
        log(name, how);
        if (how.equals("fails")) {
            throw new Boom(name);
        }
        if (how.equals("cancels itself")) {
            throw new CancelledError();
        }
        return Coroutine.of(name);
    }

    /** As in Python, where the failure itself stands among the values. */
    private static List<@Nullable Object> asInPython(List<? extends Outcome<?>> outcomes) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Outcome<?> outcome : outcomes) {
            values.add(
                    outcome instanceof Outcome.Failure<?> failure
                            ? failure.error()
                            : ((Outcome.Success<?>) outcome).value());
        }
        return values;
    }

    @Async
    @Override
    Coroutine<Void> main() {
        log(asInPython(await(gatherOutcomes(
                job("a", ms(20), "ends"), job("b", ms(10), "fails"), job("c", ms(30), "cancels itself")))));
        Task<String> t = createTask(job("t", ms(20), "ends"), "t");
        Future<List<Outcome<String>>> g = gatherOutcomes(t, job("u", ms(30), "fails"));
        getRunningLoop().callLater(ms(10), t::cancel);
        List<@Nullable Object> result = asInPython(await(g));
        log(typeName(result.get(0)), result.get(1));
        Future<String> cancelled = getRunningLoop().createFuture();
        cancelled.cancel();
        g = gatherOutcomes(cancelled);
        log("done at once", g.isDone(), asInPython(await(g)));
        log("empty", asInPython(await(gatherOutcomes())));
        return Coroutine.done();
    }
}
