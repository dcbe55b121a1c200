package io.github.jasyncio.conformance;

import io.github.jasyncio.EventLoop;

/**
 * stop() lets the running turn end: what was ready runs, what that queues waits for the next run. A stop before the
 * start gives one turn.
 */
class LoopStopTest extends Twin {

    @Override
    void program() {
        EventLoop loop = newLoop();

        Runnable stops = () -> {
            log("stops; running", loop.isRunning());
            loop.stop();
            loop.callSoon(() -> log("queued behind the stop"));
        };

        loop.callSoon(() -> log("before"));
        loop.callSoon(stops);
        loop.callSoon(() -> log("same turn, behind the stop"));
        loop.callSoon(() -> loop.callSoon(() -> log("queued in the same turn")));
        loop.runForever();
        log("stopped; running", loop.isRunning());
        loop.callSoon(() -> log("queued between the runs"));
        loop.callLater(ms(10), () -> log("timer"));
        loop.stop();
        loop.runForever();
        log("one turn");
        loop.callLater(ms(20), loop::stop);
        loop.runForever();
        log("after 20");
        loop.stop();
        loop.runForever();
        log("an empty turn");
        loop.close();
        log("closed", loop.isClosed());
        attemptCall("run a closed loop", loop::runForever);
        attemptCall("call_soon", () -> loop.callSoon(() -> log("never here")));
        attemptCall("call_later", () -> loop.callLater(ms(1000), () -> log("never here")));
        loop.close();
    }
}
