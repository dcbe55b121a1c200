package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitOn;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.ReturnWhen;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A failure that nobody looked at is reported when the task or future is garbage; looking once, in whatever way, is
 * enough. When exactly the report comes is the garbage collector's business: here it is at once, in Java after some
 * System.gc().
 */
class NeverRetrievedTest extends Twin {

    private int reports;

    @Async
    private Coroutine<Void> fails(String name) {
        throw new Boom(name);
    }

    @Async
    private Coroutine<Void> make(String name, @Nullable Consumer<Task<Void>> look) {
        Task<Void> t = createTask(fails(name), name);
        await(waitOn(List.of(t), ReturnWhen.ALL_COMPLETED));
        if (look != null) {
            look.accept(t);
        }
        return Coroutine.done();
    }

    /** {@code gc.collect()}: until as many reports as expected have come, with a turn of the loop, which is what reports. */
    @Async
    private Coroutine<Void> collect(int expectedReports) {
        int rounds = 0;
        do {
            System.gc();
            await(sleep(Duration.ZERO));
            rounds++;
        } while (rounds < 3 || (reports < expectedReports && rounds < 100));
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        EventLoop loop = getRunningLoop();
        loop.setExceptionHandler((on, context) -> {
            reports++;
            log(messageOf(context), context.get("exception"));
        });

        await(make("nobody looks", null));
        await(sleep(Duration.ZERO));
        await(collect(1));
        log("collected", "nobody looks");
        await(make("exception()", t -> t.exception()));
        await(sleep(Duration.ZERO));
        await(collect(1));
        log("collected", "exception()");
        await(make("a callback that does not look", t -> t.addDoneCallback(f -> {})));
        await(sleep(Duration.ZERO));
        await(collect(2));
        log("collected", "a callback that does not look");

        // What a suspended method does not use any more it does not keep alive: that is `del f`.
        Future<Void> f = loop.createFuture();
        f.setException(new Boom("future"));
        await(collect(3));
        f = loop.createFuture();
        f.setException(new Boom("awaited"));
        await(attempt("awaited", f));
        await(collect(3));
        try {
            await(gather(fails("first"), fails("second: gather looks at it")));
        } catch (Boom e) {
            log("gather", e);
        }
        await(collect(3));
        log("end");
        return Coroutine.done();
    }
}
