package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Context;
import io.github.jasyncio.ContextVar;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;

/**
 * Callbacks run in a copy of the context of who queued them, done callbacks in that of who added them, unless they
 * were given another.
 */
class ContextCallbacksTest extends Twin {

    private final ContextVar<String> var = new ContextVar<>("var", "default");

    private void show(String what) {
        log(what, var.get());
        var.set("set in " + what);
    }

    @Async
    @Override
    Coroutine<Void> main() {
        EventLoop loop = getRunningLoop();
        var.set("1");
        loop.callSoon(() -> show("soon"));
        loop.callLater(ms(1), () -> show("later"));
        Future<Void> f = loop.createFuture();
        f.addDoneCallback(done -> show("done callback"));
        var.set("2");
        loop.callSoon(() -> show("soon 2"));
        Context other = Context.copyContext();
        other.run(() -> var.set("other"));
        loop.callSoon(() -> show("with a context"), other);
        loop.callSoon(() -> show("again with it"), other);
        f.addDoneCallback(done -> show("done callback with a context"), other);
        var.set("3");
        f.setResult(null);
        f.addDoneCallback(done -> show("late callback"));
        await(sleep(ms(2)));
        log("main", var.get(), "other", other.get(var));

        loop.setExceptionHandler((lp, context) -> log("exception handler sees", var.get()));
        var.set("4");
        loop.callSoon(() -> {
            var.set("5");
            throw new ArithmeticException("/ by zero");
        });
        var.set("6");
        await(sleep(ms(0)));
        log("main", var.get());
        return Coroutine.done();
    }
}
