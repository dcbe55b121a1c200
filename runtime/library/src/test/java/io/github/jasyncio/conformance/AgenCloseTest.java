package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.emit;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCloseable;
import io.github.jasyncio.AsyncGenerator;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.StopAsyncIteration;
import io.github.jasyncio.Task;
import java.util.Objects;

/**
 * Closing a generator runs its finally blocks, awaits included, at the emit where it stands; closing twice, before the start, or at the end does nothing.
 */
class AgenCloseTest extends Twin {

    @Async
    private AsyncGenerator<Integer> source(String name) {
        try {
            for (int i = 0; i < 10; i++) {
                emit(i);
                log(name, i == 0 ? "resumed" : "never resumed");
            }
        } finally {
            log(name, "closing");
            await(sleep(ms(5)));
            log(name, "closed");
        }
        return AsyncGenerator.done();
    }

    @Async
    private Coroutine<Void> consumer() {
        AsyncGenerator<Integer> g = source("consumed");
        try (AsyncCloseable closing = g.closing()) {
            Objects.requireNonNull(closing);
            while (await(g.hasNext())) {
                await(g.next());
                await(sleep(ms(10)));
            }
        }
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        AsyncGenerator<Integer> g = source("left");
        while (await(g.hasNext())) {
            if (await(g.next()) == 1) {
                break;
            }
        }
        log("left the loop; nothing is closed yet");
        await(g.close());
        log("closed by hand");
        await(g.close());
        AsyncGenerator<Integer> unused = source("new");
        await(unused.close());
        log("closed before its start");
        try {
            await(unused.next());
        } catch (StopAsyncIteration e) {
            log("gives nothing any more");
        }
        AsyncGenerator<Integer> guarded = source("guarded");
        try (AsyncCloseable closing = guarded.closing()) {
            Objects.requireNonNull(closing);
            while (await(guarded.hasNext())) {
                throw new Boom("body");
            }
        } catch (Boom e) {
            log("after the clean-up:", e);
        }
        Task<Void> t = createTask(consumer(), "t");
        await(sleep(ms(5)));
        t.cancel();
        await(attempt("t", t));
        return Coroutine.done();
    }
}
