package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Task;
import java.time.Duration;

/**
 * Timers that are due together run in one turn, before what they queue. A sleeper whose timer fires resumes one turn
 * after it.
 */
class TimersSameInstantTest extends Twin {

    @Async
    private Coroutine<Void> sleeper(String name, Duration delay) {
        await(sleep(delay));
        log(name, "woke");
        await(sleep(Duration.ZERO));
        log(name, "one turn later");
        return Coroutine.done();
    }

    private void timer(String name) {
        EventLoop loop = getRunningLoop();
        log(name);
        loop.callSoon(() -> log("soon from", name));
        loop.callLater(Duration.ZERO, () -> log("later 0 from", name));
    }

    @Async
    @Override
    Coroutine<Void> main() {
        EventLoop loop = getRunningLoop();
        Task<Void> a = createTask(sleeper("a", ms(10)));
        loop.callLater(ms(10), () -> timer("timer 1"));
        Task<Void> b = createTask(sleeper("b", ms(10)));
        await(sleep(Duration.ZERO));
        loop.callLater(ms(10), () -> timer("timer 2"));
        loop.callLater(ms(10), () -> createTask(sleeper("c", Duration.ZERO)));
        await(sleep(ms(10)));
        log("main woke");
        await(gather(a, b));
        await(sleep(ms(1)));
        return Coroutine.done();
    }
}
