package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.ExceptionHandler;
import io.github.jasyncio.Future;
import java.util.Map;
import java.util.TreeSet;

/**
 * What reaches the exception handler, with which message and which entries of the context. It is called in the turn
 * of the failure. (The message is compared up to what names an object; Java: see the README.)
 */
class HandlerContextsTest extends Twin {

    private static void bad() {
        throw new Boom("callback");
    }

    @Async
    @Override
    Coroutine<Void> main() {
        EventLoop loop = getRunningLoop();

        ExceptionHandler handler = (lp, context) -> log(
                messageOf(context),
                context.get("exception"),
                "keys",
                new TreeSet<>(context.keySet()),
                "loop",
                lp == loop);

        log("none at first", loop.getExceptionHandler() == null);
        loop.setExceptionHandler(handler);
        log("set", loop.getExceptionHandler() == handler);
        loop.callSoon(HandlerContextsTest::bad);
        loop.callLater(ms(5), HandlerContextsTest::bad);
        Future<Integer> f = loop.createFuture();
        f.addDoneCallback(done -> bad());
        f.setResult(1);
        log("before the turn");
        await(sleep(ms(0)));
        log("after the turn");
        await(sleep(ms(10)));
        loop.callExceptionHandler(Map.of("message", "of the program's own", "exception", new Boom("own"), "extra", 1));
        loop.callExceptionHandler(Map.of("message", "without an exception"));
        loop.setExceptionHandler(null);
        log("none again", loop.getExceptionHandler() == null);
        loop.callSoon(HandlerContextsTest::bad); // the loop's default handler, which this corpus makes log as well
        await(sleep(ms(0)));
        loop.defaultExceptionHandler(Map.of("message", "to the default handler"));
        return Coroutine.done();
    }
}
