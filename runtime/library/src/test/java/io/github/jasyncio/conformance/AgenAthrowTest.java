package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.emit;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncGenerator;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.StopAsyncIteration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error thrown into a generator arrives at the emit where it stands; the generator may end with it, turn it into another, or go on and emit again. Values
 * sent in are what its emit gives.
 */
class AgenAthrowTest extends Twin {

    @Async
    private AsyncGenerator<String> echo() {
        @Nullable String got = "nothing yet";
        try {
            while (true) {
                try {
                    got = emit(got);
                    log("was sent", got);
                    await(sleep(ms(1)));
                } catch (Boom e) {
                    log("thrown in", e);
                    if ("end".equals(e.getMessage())) {
                        throw e;
                    }
                    if ("other".equals(e.getMessage())) {
                        throw new IllegalStateException(e);
                    }
                    got = "recovered";
                }
            }
        } finally {
            log("echo ends");
        }
    }

    @Async
    private Coroutine<Void> usedUp(AsyncGenerator<String> g) {
        try {
            await(g.next());
        } catch (StopAsyncIteration e) {
            log("used up", e);
        }
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        for (String last : List.of("end", "other")) {
            AsyncGenerator<String> g = echo();
            log("first", await(g.next()));
            log("send", await(g.send("a")));
            log("next", await(g.next()));
            log("throw", await(g.throwInto(new Boom("go on"))));
            log("send", await(g.send("b")));
            await(attempt("throw", g.throwInto(new Boom(last))));
            await(usedUp(g));
        }
        AsyncGenerator<String> g = echo();
        await(attempt("throw before the start", g.throwInto(new Boom("early"))));
        await(usedUp(g));
        return Coroutine.done();
    }
}
