package io.github.jasyncio.cpython;

import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.toThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.ExceptionHandler;
import io.github.jasyncio.Future;
import io.github.jasyncio.Handle;
import io.github.jasyncio.KeyboardInterrupt;
import io.github.jasyncio.Task;
import io.github.jasyncio.TimerHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code test_base_events} without the network, where the loop_*, timers_* and handler_* traces do not cover it. */
@NullUnmarked // null is tested as well
class EventLoopsTest extends OnVirtualTime {

    /** Collects the first line of what is logged, and its failure. */
    private static final class Log extends Handler implements AutoCloseable {

        private final Logger logger = Logger.getLogger("jasyncio");
        private final List<String> lines = new ArrayList<>();

        Log() {
            logger.addHandler(this);
            logger.setUseParentHandlers(false);
        }

        @Override
        public void publish(LogRecord report) {
            String first = report.getMessage().lines().findFirst().orElse("");
            lines.add(report.getLevel() + " " + first + (report.getThrown() == null ? "" : " " + report.getThrown()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
            logger.setUseParentHandlers(true);
        }
    }

    /** A callback with a name that fails. */
    private static final Runnable FAILS = new Runnable() {
        @Override
        public void run() {
            throw new Boom("zero");
        }

        @Override
        public String toString() {
            return "zero_error";
        }
    };

    @Test
    void negative_delays_run_by_deadline_not_by_creation() {
        loop.callLater(ms(-1), () -> log("a"));
        loop.callLater(ms(-2), () -> log("b"));
        loop.callSoon(() -> log("ready before"));

        turns(1);

        assertThat(trace).containsExactly("0 ready before", "0 b", "0 a");
    }

    @Test
    void a_timer_that_is_due_queues_for_the_next_turn_what_it_calls_soon() {
        loop.callLater(ms(-1), () -> loop.callSoon(() -> log("next turn")));

        turns(1);
        assertThat(trace).isEmpty();
        turns(1);
        assertThat(trace).containsExactly("0 next turn");
    }

    @Test
    void the_loop_waits_for_the_first_timer_that_was_not_cancelled() {
        TimerHandle cancelled = loop.callLater(Duration.ofSeconds(5), () -> log("never here"));
        loop.callLater(Duration.ofSeconds(10), () -> log("here"));
        cancelled.cancel();

        loop.callLater(Duration.ofSeconds(10), loop::stop);
        loop.runForever();

        assertThat(trace).containsExactly("10000 here");
    }

    @Test
    void a_handle_cancelled_before_its_turn_is_not_run() {
        Handle handle = loop.callSoon(() -> log("never here"));
        Handle threadsafe = loop.callSoonThreadsafe(() -> log("never here"));
        handle.cancel();
        threadsafe.cancel();

        turns(2);

        assertThat(trace).isEmpty();
    }

    @Test
    void the_default_handler_logs_the_callback_and_its_failure() {
        loop.setExceptionHandler(null);

        try (Log log = new Log()) {
            loop.callSoon(FAILS);
            loop.callLater(ms(10), FAILS);
            run(sleep(ms(20)));

            assertThat(log.lines)
                    .containsExactly(
                            "SEVERE Exception in callback zero_error Boom: zero",
                            "SEVERE Exception in callback zero_error Boom: zero");
        }
    }

    @Test
    void the_default_handler_logs_a_task_s_failure_that_was_never_seen() {
        EventLoop other = EventLoop.builder().virtualTime().build();

        try (Log log = new Log()) {
            Task<String> task = other.createTask(failsAfter(10, "unseen"));
            task.addDoneCallback(done -> other.stop());
            other.runForever();
            other.close();

            assertThat(log.lines).containsExactly("SEVERE Task exception was never retrieved Boom: unseen");
        }
    }

    @Test
    void a_handler_of_one_s_own_gets_message_exception_and_handle_and_can_be_taken_out_again() {
        List<Map<String, Object>> contexts = new ArrayList<>();
        ExceptionHandler handler = (lp, context) -> contexts.add(context);
        loop.setExceptionHandler(handler);
        assertThat(loop.getExceptionHandler()).isSameAs(handler);

        Handle handle = loop.callSoon(FAILS);
        turns(1);

        assertThat(contexts).singleElement().satisfies(context -> {
            assertThat(context).containsOnlyKeys("message", "exception", "handle");
            assertThat(context)
                    .containsEntry("message", "Exception in callback zero_error")
                    .containsEntry("handle", handle);
        });

        loop.setExceptionHandler(null);
        try (Log log = new Log()) {
            loop.callSoon(FAILS);
            turns(1);
            assertThat(log.lines).hasSize(1);
        }
        assertThat(contexts).hasSize(1);
        assertThat(loop.getExceptionHandler()).isNull();
    }

    @Test
    void a_broken_handler_is_logged_and_the_loop_goes_on() {
        loop.setExceptionHandler((lp, context) -> {
            throw new IllegalStateException("spam");
        });

        try (Log log = new Log()) {
            loop.callSoon(FAILS);
            loop.callSoon(() -> log("goes on"));
            turns(1);

            assertThat(log.lines)
                    .containsExactly(
                            "SEVERE Unhandled error in exception handler java.lang.IllegalStateException: spam");
        }
        assertThat(trace).containsExactly("0 goes on");
    }

    @Test
    void a_text_that_fails_does_not_break_the_default_handler() {
        loop.setExceptionHandler(null);
        Object broken = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no text");
            }
        };

        try (Log log = new Log()) {
            loop.callExceptionHandler(Map.of("message", "something", "thing", broken));

            assertThat(log.lines).singleElement().asString().contains("something");
        }
    }

    @Test
    void a_callback_whose_text_fails_does_not_break_the_loop() {
        loop.callSoon(new Runnable() {
            @Override
            public void run() {
                throw new Boom("zero");
            }

            @Override
            public String toString() {
                throw new IllegalStateException("no text");
            }
        });
        loop.callSoon(() -> log("goes on"));

        turns(1);

        assertThat(trace).containsExactly("0 goes on");
        assertThat(reports)
                .singleElement()
                .asString()
                .startsWith("Exception in callback <")
                .endsWith(" instance> Boom: zero");
        reports.clear();
    }

    @Test
    void an_interrupt_leaves_the_loop_which_can_be_run_again() {
        loop.callSoon(() -> {
            throw new KeyboardInterrupt("Ctrl-C");
        });
        assertThat(catchThrowable(() -> run(sleep(ms(100))))).isInstanceOf(KeyboardInterrupt.class);
        assertThat(loop.isRunning()).isFalse();

        // the first one's callback must not stop the second run
        run(sleep(ms(200)));

        assertThat(millis()).isEqualTo(200);
    }

    @Test
    void an_interrupt_out_of_the_program_leaves_no_request_to_stop() {
        assertThat(failureOf(async(() -> {
                    throw new KeyboardInterrupt("Ctrl-C");
                })))
                .isInstanceOf(KeyboardInterrupt.class);

        loop.callSoon(() -> loop.callSoon(() -> {
            log("called");
            loop.stop();
        }));
        loop.runForever();

        assertThat(trace).containsExactly("0 called");
    }

    @Test
    void a_loop_that_was_stopped_before_runs_one_turn() {
        loop.callSoon(() -> {
            log("first turn");
            loop.callSoon(() -> log("second turn"));
        });
        loop.callLater(Duration.ofSeconds(1), () -> log("later"));

        loop.stop();
        loop.runForever();

        assertThat(trace).containsExactly("0 first turn");
    }

    @Test
    void nothing_that_a_stopped_loop_has_called_is_called_again() {
        for (int round = 1; round <= 2; round++) {
            loop.callSoon(() -> log("callback"));
            loop.callSoon(loop::stop);
            loop.runForever();
            assertThat(trace).hasSize(round);
        }
    }

    @Test
    void stop_inside_of_run_until_complete_is_told() {
        Task<Void> task = loop.createTask(sleep(ms(100)));
        loop.callLater(ms(10), loop::stop);

        assertThatThrownBy(() -> run(task))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("stopped before the future completed");

        run(task);
        assertThat(millis()).isEqualTo(100);
    }

    @Test
    void a_closed_loop_runs_nothing_and_is_closed_again_without_effect() {
        Future<String> future = loop.createFuture();
        loop.close();
        loop.close();

        assertThatThrownBy(loop::runForever).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> run(future)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> loop.createTask(sleep(ms(1)))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> loop.runInExecutor(null, () -> 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void an_executor_that_does_not_end_in_time_is_logged_and_left() throws InterruptedException {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        Object gate = new Object();
        boolean[] isOpen = {false};
        EventLoop real = io.github.jasyncio.Asyncio.newEventLoop();
        real.setDefaultExecutor(executor);
        Task<Void> blocked = real.createTask(toThread(() -> {
            synchronized (gate) {
                while (!isOpen[0]) {
                    gate.wait();
                }
            }
            return null;
        }));

        try (Log log = new Log()) {
            real.stop();
            real.runForever();
            real.runUntilComplete(real.shutdownDefaultExecutor(ms(1)));

            assertThat(log.lines).singleElement().asString().startsWith("WARNING");
        }
        synchronized (gate) {
            isOpen[0] = true;
            gate.notifyAll();
        }
        real.runUntilComplete(blocked);
        real.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_is_slow_is_logged_in_debug_mode_with_its_name(boolean debug) {
        loop.setDebug(debug);
        loop.setSlowCallbackDuration(Duration.ZERO);
        assertThat(loop.slowCallbackDuration()).isZero();

        try (Log log = new Log()) {
            loop.callSoon(new Runnable() {
                @Override
                public void run() {}

                @Override
                public String toString() {
                    return "slow_callback";
                }
            });
            loop.createTask(
                    async(() -> {
                        await(sleep(Duration.ZERO));
                        return Coroutine.done();
                    }),
                    "slow_task");
            turns(2);

            if (debug) {
                assertThat(log.lines)
                        .anySatisfy(line -> assertThat(line)
                                .startsWith("WARNING Executing <Handle slow_callback created at EventLoopsTest.java:"));
                assertThat(log.lines)
                        .anySatisfy(line -> assertThat(line)
                                .startsWith("WARNING Executing <Task ")
                                .contains("name='slow_task'"));
            } else {
                assertThat(log.lines).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false", ""})
    void a_system_property_switches_debug_mode_on_for_loops_that_are_made_from_then_on(String value) {
        String before = System.getProperty("jasyncio.debug");
        System.setProperty("jasyncio.debug", value);
        try {
            EventLoop made = EventLoop.builder().build();
            assertThat(made.getDebug()).isEqualTo(value.equals("true"));
            made.close();
        } finally {
            if (before == null) {
                System.clearProperty("jasyncio.debug");
            } else {
                System.setProperty("jasyncio.debug", before);
            }
        }
    }
}
