package io.github.jasyncio.debug;

import io.github.jasyncio.EventLoop;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A loop in debug mode with a virtual clock, and what is logged. */
abstract class DebugTest {

    final EventLoop loop = EventLoop.builder().virtualTime().debug(true).build();
    final Logged log = new Logged();

    /** What is slow on a busy machine is none of a test's business, unless it says so. */
    @BeforeEach
    final void let_everything_be_fast_enough() {
        loop.setSlowCallbackDuration(Duration.ofDays(1));
    }

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
