package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.shield;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.timeout;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.time.Duration;

/**
 * A timeout cancels whatever its body awaits: a task goes with it, a shielded one does not, and a task that refuses
 * makes its value come back.
 */
class TimeoutAroundTaskTest extends Twin {

    @Async
    private Coroutine<String> job(String name, boolean refuses) {
        try {
            await(sleep(Duration.ofSeconds(1)));
        } catch (CancelledError e) {
            log(name, "cancelled");
            if (refuses) {
                await(sleep(ms(5)));
                return Coroutine.of(name + "'s value");
            }
            throw e;
        }
        return Coroutine.of(null);
    }

    @Async
    private Coroutine<Void> round(String name, boolean refuses, boolean shielded) {
        Task<String> t = createTask(job(name, refuses), name);
        try {
            await(timeout(ms(10), limit -> {
                String value = await(shielded ? shield(t) : t);
                log("value", value, "expired", limit.expired());
                await(sleep(ms(1)));
                log("the body goes on");
                return Coroutine.done();
            }));
        } catch (AsyncTimeoutException e) {
            log("timeout; task done", t.isDone(), "cancelling", t.cancelling());
        }
        t.cancel();
        await(attempt(name, t));
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        await(round("plain", false, false));
        await(round("refusing", true, false));
        await(round("shielded", false, true));
        return Coroutine.done();
    }
}
