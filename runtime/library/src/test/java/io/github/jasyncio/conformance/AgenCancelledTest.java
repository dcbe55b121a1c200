package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.emit;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncGenerator;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.util.List;

/** The consumer is cancelled while the generator awaits: the error goes through the generator first, and ends it. */
class AgenCancelledTest extends Twin {

    @Async
    private AsyncGenerator<Integer> source(String name, boolean swallow) {
        try {
            for (int i = 0; i < 3; i++) {
                try {
                    await(sleep(ms(10)));
                } catch (CancelledError e) {
                    log(name, "gets", e);
                    if (!swallow) {
                        throw e;
                    }
                }
                emit(i);
            }
        } finally {
            log(name, "finally");
        }
        return AsyncGenerator.done();
    }

    @Async
    private Coroutine<Void> consumer(AsyncGenerator<Integer> g) {
        try {
            while (await(g.hasNext())) {
                log("got", await(g.next()));
            }
        } catch (CancelledError e) {
            log("consumer gets", e);
            while (await(g.hasNext())) {
                log("never here");
            }
            log("the generator is used up");
            throw e;
        }
        log("end of the generator");
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        for (boolean swallow : List.of(false, true)) {
            Task<Void> t = createTask(consumer(source("generator", swallow)), "t");
            await(sleep(ms(15)));
            t.cancel("outside");
            await(attempt("t", t));
        }
        return Coroutine.done();
    }
}
