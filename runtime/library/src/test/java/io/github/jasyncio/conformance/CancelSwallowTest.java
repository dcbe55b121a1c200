package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.sleep;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.List;

/**
 * A task may catch its cancellation and go on. It is then not cancelled, whatever it returns or raises; the request
 * stays counted.
 */
class CancelSwallowTest extends Twin {

    @Async
    private Coroutine<String> returns() {
        try {
            await(sleep(Duration.ofSeconds(1)));
        } catch (CancelledError e) {
            log("swallowed; cancelling", requireNonNull(currentTask()).cancelling());
            await(sleep(ms(5)));
            return Coroutine.of("value");
        }
        return Coroutine.of(null);
    }

    @Async
    private Coroutine<String> raises() {
        try {
            await(sleep(Duration.ofSeconds(1)));
        } catch (CancelledError e) {
            throw new Boom("instead");
        }
        return Coroutine.of(null);
    }

    @Async
    private Coroutine<String> raisesCancelled() {
        log("raises CancelledError of its own accord");
        throw new CancelledError("mine");
    }

    private Coroutine<String> body(String name) {
        return switch (name) {
            case "returns" -> returns();
            case "raises" -> raises();
            default -> raisesCancelled();
        };
    }

    @Async
    @Override
    Coroutine<Void> main() {
        for (String body : List.of("returns", "raises", "raises_cancelled")) {
            Task<String> t = createTask(body(body), body);
            await(sleep(ms(1)));
            log("cancel", t.cancel());
            await(attempt(body, t));
            log("cancelled", t.isCancelled(), "cancelling", t.cancelling());
        }
        return Coroutine.done();
    }
}
