package io.github.jasyncio.debug;

import static io.github.jasyncio.debug.Orders.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.EventLoop;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds the loop. A step here goes on until it was reported, so that no test depends on how fast the machine is; virtual clocks do not matter. */
class SlowStepTest extends DebugTest {

    private static final String REMEDY =
            "\n    meanwhile nothing else can run on the loop; what blocks belongs on another thread: await(toThread(() -> ...))";

    /** True once the watchdog has told of a step that goes on. */
    private boolean isReported() {
        return log.has(message -> message.contains(" and goes on; "));
    }

    @Test
    @Timeout(60)
    void a_step_is_reported_with_the_line_that_blocks_while_it_does_and_at_its_end() {
        loop.setSlowCallbackDuration(Duration.ofMillis(5));
        loop.createTask(Orders.blocks(this::isReported), "slow");

        turns(3);

        String where = "\n    at io.github.jasyncio.debug.Orders.blocks(Orders.java:" + line("blocks") + ")" + REMEDY;
        List<String> slow = log.messages().stream()
                .filter(message -> message.contains("Orders.java:" + line("blocks")))
                .toList();
        assertThat(slow).hasSize(2);
        assertThat(slow.get(0))
                .matches(
                        "(?s)WARNING Executing <Task pending name='slow'"
                                + " coro=<coroutine started io.github.jasyncio.debug.Orders.blocks\\(Orders.java:\\d+\\)>"
                                + " created at SlowStepTest.java:\\d+> has taken \\d+\\.\\d{3} seconds and goes on; it is here:\n.*")
                .contains("\n    at io.github.jasyncio.debug.Orders.spinUntil(Orders.java:")
                .endsWith(where);
        assertThat(slow.get(1))
                .matches("(?s)WARNING Executing <Task pending name='slow' coro=<coroutine (started|suspended)"
                        + " io.github.jasyncio.debug.Orders.blocks\\(Orders.java:\\d+\\)> created at SlowStepTest.java:\\d+>"
                        + " took \\d+\\.\\d{3} seconds; after \\d+\\.\\d{3} seconds it was here:\n.*")
                .contains("\n    at io.github.jasyncio.debug.Orders.spinUntil(Orders.java:")
                .endsWith(where);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE / 10, Long.MIN_VALUE})
    @Timeout(60)
    void everything_is_slower_than_a_negative_duration(long seconds) {
        loop.setSlowCallbackDuration(Duration.ofSeconds(seconds));
        loop.createTask(Orders.blocks(this::isReported), "slow");

        turns(3);

        assertThat(isReported()).isTrue();
    }

    @Test
    @Timeout(60)
    void a_callback_is_reported_by_its_name_and_where_it_was_made() {
        loop.setSlowCallbackDuration(Duration.ofMillis(5));
        loop.callSoon(new Runnable() {
            @Override
            public void run() {
                while (!isReported()) {
                    Thread.onSpinWait();
                }
            }

            @Override
            public String toString() {
                return "recount";
            }
        });

        turns(1);

        assertThat(log.messages())
                .last()
                .asString()
                .matches("(?s)WARNING Executing <Handle recount created at SlowStepTest.java:\\d+> took .*")
                .contains("\n    at io.github.jasyncio.debug.SlowStepTest$1.run(SlowStepTest.java:");
    }

    @Test
    @Timeout(60)
    void a_loop_over_an_executor_is_watched_as_well() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        EventLoop over = EventLoop.builder().over(executor).debug(true).build();
        over.setSlowCallbackDuration(Duration.ofMillis(5));

        Future<io.github.jasyncio.Task<Void>> task =
                executor.submit(() -> over.createTask(Orders.blocks(this::isReported), "slow"));
        java.util.concurrent.CompletableFuture<Void> end = new java.util.concurrent.CompletableFuture<>();
        over.callSoonThreadsafe(() -> {
            try {
                task.get().addDoneCallback(done -> end.complete(null));
            } catch (Exception e) {
                end.completeExceptionally(e);
            }
        });

        end.get();
        executor.submit(over::close).get();
        executor.shutdown();
        assertThat(log.messages())
                .anySatisfy(message -> assertThat(message)
                        .contains("it was here:")
                        .contains("Orders.blocks(Orders.java:" + line("blocks") + ")"));
    }

    @Test
    void what_is_fast_enough_is_not_reported() {
        loop.runUntilComplete(Orders.price(1));

        assertThat(log.messages()).isEmpty();
    }

    /** Waits for the thread's end, which would be later by itself than this may take. */
    @Test
    @Timeout(30)
    void the_watchdog_ends_with_its_loop() throws Exception {
        Set<Thread> others = watchdogs();
        loop.runUntilComplete(Orders.price(1));
        Set<Thread> ours = watchdogs();
        ours.removeAll(others);
        assertThat(ours).hasSize(1).allMatch(Thread::isDaemon);

        loop.close();

        for (Thread watchdog : ours) {
            watchdog.join();
        }
    }

    private static Set<Thread> watchdogs() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("jasyncio-watchdog"))
                .collect(Collectors.toCollection(HashSet::new));
    }

    @Test
    void debug_mode_that_is_switched_on_holds_for_the_rest_of_the_turn() {
        loop.setSlowCallbackDuration(Duration.ZERO);
        loop.setDebug(false);
        loop.callSoon(() -> loop.setDebug(true));
        loop.callSoon(new Runnable() {
            @Override
            public void run() {}

            @Override
            public String toString() {
                return "the next";
            }
        });

        turns(1);

        assertThat(log.has(message -> message.contains("Executing <Handle the next> took")))
                .isTrue();
    }
}
