package io.github.jasyncio.debug;

import io.github.jasyncio.EventLoop;
import org.junit.jupiter.api.AfterEach;

/** A loop in debug mode with a virtual clock, and what is logged. */
abstract class DebugTest {

    final EventLoop loop = EventLoop.builder().virtualTime().debug(true).build();
    final Logged log = new Logged();

    @AfterEach
    final void close() {
        loop.close();
        log.close();
    }

    /** Runs the loop for so many turns. */
    final void turns(int count) {
        for (int i = 0; i < count; i++) {
            loop.stop();
            loop.runForever();
        }
    }
}
