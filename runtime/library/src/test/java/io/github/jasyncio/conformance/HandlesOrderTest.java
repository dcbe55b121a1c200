package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Handle;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * call_soon is a queue; each handle runs once; a cancelled one is skipped, wherever it is; arguments are those of the
 * call.
 */
class HandlesOrderTest extends Twin {

    private void cancels(Handle h) {
        log("cancels its neighbour");
        h.cancel();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        EventLoop loop = getRunningLoop();
        List<Handle> handles = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int n = i;
            handles.add(loop.callSoon(() -> log("soon", n)));
        }
        handles.get(1).cancel();
        handles.get(3).cancel();
        log("cancelled", handles.stream().map(Handle::isCancelled).toList());
        Task<Void> t = createTask(sleep(Duration.ZERO));
        loop.callSoon(() -> {
            log("first nested");
            loop.callSoon(() -> log("second nested"));
        });
        loop.callSoonThreadsafe(() -> log("threadsafe is no slower"));
        await(sleep(Duration.ZERO));
        log("main 1");
        await(sleep(Duration.ZERO));
        log("main 2; task done", t.isDone());

        List<Handle> victim = new ArrayList<>();
        loop.callSoon(() -> cancels(victim.get(0)));
        victim.add(loop.callSoon(() -> log("never here")));
        loop.callSoon(() -> log("the one behind it"));
        await(sleep(Duration.ZERO));
        log("end");
        return Coroutine.done();
    }
}
