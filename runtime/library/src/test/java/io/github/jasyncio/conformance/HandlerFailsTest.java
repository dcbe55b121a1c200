package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.ExceptionHandler;

/**
 * A handler that fails itself: the default handler is told so, and the loop goes on. A cancellation error out of a
 * callback is a failure like another.
 */
class HandlerFailsTest extends Twin {

    @Async
    @Override
    Coroutine<Void> main() {
        EventLoop loop = getRunningLoop();

        ExceptionHandler handler = (lp, context) -> {
            log("handler called:", messageOf(context), context.get("exception"));
            throw new Boom("handler");
        };

        Runnable cancelled = () -> {
            throw new CancelledError("out of a callback");
        };

        loop.setExceptionHandler(handler);
        loop.callSoon(() -> {
            throw new ArithmeticException("/ by zero");
        });
        loop.callSoon(() -> log("next callback"));
        await(sleep(ms(0)));
        log("the loop goes on");
        loop.callSoon(cancelled);
        await(sleep(ms(1)));
        log("still");
        return Coroutine.done();
    }
}
