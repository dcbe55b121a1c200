package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Handle;
import io.github.jasyncio.TimerHandle;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * A handle can be cancelled until it has run, even when it is due in this very turn and waits behind the callback
 * that cancels it.
 */
class TimersCancelTest extends Twin {

    private final Map<String, Handle> handles = new HashMap<>();

    private void cancel(String name) {
        Handle handle = requireNonNull(handles.get(name));
        handle.cancel();
        log("cancelled", name, handle.isCancelled());
    }

    @Async
    @Override
    Coroutine<Void> main() {
        EventLoop loop = getRunningLoop();
        handles.put("later 20", loop.callLater(ms(20), () -> log("later 20 runs")));
        loop.callLater(ms(10), () -> cancel("later 20"));
        loop.callLater(ms(30), () -> cancel("later 30")); // due at the same time, but before
        handles.put("later 30", loop.callLater(ms(30), () -> log("later 30 runs")));
        loop.callSoon(() -> cancel("soon"));
        handles.put("soon", loop.callSoon(() -> log("soon runs")));
        TimerHandle kept = loop.callLater(ms(40), () -> log("later 40 runs"));
        log("when", (kept.when() - loop.time()) / 1_000_000, kept.isCancelled());
        await(sleep(ms(40)));
        log("slept 40", kept.isCancelled());
        await(sleep(Duration.ZERO));
        kept.cancel(); // too late, and harmless
        kept.cancel();
        log("end", kept.isCancelled());
        return Coroutine.done();
    }
}
