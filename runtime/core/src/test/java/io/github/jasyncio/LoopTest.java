package io.github.jasyncio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A virtual-time loop and a trace, for tests of what runs when; fails a test at whose end the exception handler was told of something. */
@NullUnmarked // null is tested as well
abstract class LoopTest {

    final EventLoop loop = EventLoop.builder().virtualTime().build();

    /** What happened, in order. */
    final List<String> trace = new ArrayList<>();

    /** What the exception handler was told, as {@code message exception}. A test that expects reports takes them out. */
    final List<String> reports = new ArrayList<>();

    @BeforeEach
    void set_up() {
        Asyncio.setEventLoop(loop);
        loop.setExceptionHandler((lp, context) -> reports.add(
                context.get("message") + (context.containsKey("exception") ? " " + context.get("exception") : "")));
    }

    @AfterEach
    void nothing_is_left() {
        Asyncio.setEventLoop(null);
        loop.close();
        assertThat(reports).as("reports to the exception handler").isEmpty();
        assertThat(Thread.interrupted()).as("interrupt left behind").isFalse();
    }

    /** Notes what happened, with the time in milliseconds. */
    void log(Object... parts) {
        StringBuilder line = new StringBuilder().append(loop.time() / 1_000_000);
        for (Object part : parts) {
            line.append(' ').append(part);
        }
        trace.add(line.toString());
    }

    <T> T run(Awaitable<T> awaitable) {
        return loop.runUntilComplete(awaitable);
    }

    /** Runs the loop for so many turns. */
    void turns(int count) {
        for (int i = 0; i < count; i++) {
            loop.stop();
            loop.runForever();
        }
    }

    static java.time.Duration ms(long millis) {
        return java.time.Duration.ofMillis(millis);
    }

    /** The exception that tests throw. */
    static final class Boom extends RuntimeException {

        private static final long serialVersionUID = 1;

        Boom(String message) {
            super(message);
        }

        @Override
        @SuppressWarnings("OverrideThrowableToString") // short, for the traces
        public String toString() {
            return "Boom: " + getMessage();
        }
    }
}
