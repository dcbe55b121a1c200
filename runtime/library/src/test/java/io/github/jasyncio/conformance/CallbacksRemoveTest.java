package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * One function added twice runs twice; remove takes all its entries and says how many; what is queued already is not
 * taken back.
 */
class CallbacksRemoveTest extends Twin {

    @Async
    @Override
    Coroutine<Void> main() {
        EventLoop loop = getRunningLoop();
        Consumer<Future<Void>> one = done -> log("one");
        Consumer<Future<Void>> two = done -> {
            log("two");
            log("removed from inside:", done.removeDoneCallback(one));
        };

        Future<Void> f = loop.createFuture();
        for (Consumer<Future<Void>> callback : List.of(one, two, one, two)) {
            f.addDoneCallback(callback);
        }
        log("removed", f.removeDoneCallback(one), "then", f.removeDoneCallback(one));
        f.addDoneCallback(one);
        f.setResult(null);
        log("removed after set:", f.removeDoneCallback(one));
        await(sleep(Duration.ZERO));

        Future<Void> g = loop.createFuture();
        g.addDoneCallback(done -> {
            log("first; adds another");
            g.addDoneCallback(again -> log("added while running"));
        });
        g.addDoneCallback(done -> log("second"));
        g.setResult(null);
        await(sleep(Duration.ZERO));
        log("one turn later");
        await(sleep(Duration.ZERO));
        log("end");
        return Coroutine.done();
    }
}
