package io.github.jasyncio;

import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Scripted.await;
import static io.github.jasyncio.Scripted.coroutine;
import static io.github.jasyncio.Scripted.fail;
import static io.github.jasyncio.Scripted.give;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Semantics: {@code asyncio.run} and {@code asyncio.Runner}; the order is that of the traces runner_*. */
@NullUnmarked // null is tested as well
class RunnerTest extends LoopTest {

    private Runner runner() {
        return Runner.builder().loopFactory(() -> loop).build();
    }

    private Coroutine<Void> job(String name, int lingers) {
        return coroutine(() -> await(sleep(ms(1000)), v -> give(null), e -> {
            log(name, "cancelled");
            return await(sleep(ms(lingers)), v -> {
                log(name, "ends");
                return fail(e);
            });
        }));
    }

    @Test
    void run_gives_the_value_and_closes_its_loop() {
        EventLoop[] used = new EventLoop[1];

        String value = Asyncio.run(coroutine(() -> {
            used[0] = Asyncio.getRunningLoop();
            return give("value");
        }));

        assertThat(value).isEqualTo("value");
        assertThat(used[0].isClosed()).isTrue();
        assertThat(used[0].getDebug()).isFalse();
    }

    @Test
    void run_can_switch_debug_mode_on() {
        assertThat(Asyncio.run(
                        Scripted.<Boolean>coroutine(
                                () -> give(Asyncio.getRunningLoop().getDebug())),
                        true))
                .isTrue();
    }

    @Test
    void what_is_left_is_cancelled_in_the_order_of_making_and_waited_for() {
        try (Runner runner = runner()) {
            String result = runner.run(coroutine(() -> {
                Asyncio.createTask(job("a", 10));
                Asyncio.createTask(job("b", 0));
                return await(sleep(ms(5)), v -> give("result"));
            }));
            log(result);
        }

        assertThat(trace).containsExactly("5 result", "5 a cancelled", "5 b cancelled", "5 b ends", "15 a ends");
        assertThat(loop.isClosed()).isTrue();
    }

    @Test
    void one_that_fails_on_the_way_out_is_reported() {
        try (Runner runner = runner()) {
            runner.run(coroutine(() -> {
                Asyncio.createTask(
                        coroutine(() -> await(sleep(ms(1000)), v -> give(null), e -> fail(new Boom("out")))));
                return await(sleep(ms(5)), v -> give(null));
            }));
        }

        assertThat(reports).containsExactly("unhandled exception during asyncio.run() shutdown Boom: out");
        reports.clear();
    }

    @Test
    void failure_and_cancellation_come_out_as_they_are() {
        try (Runner runner = runner()) {
            assertThatThrownBy(() -> runner.run(coroutine(() -> fail(new Boom("main")))))
                    .hasMessage("main");
            assertThatExceptionOfType(CancelledError.class)
                    .isThrownBy(() -> runner.run(coroutine(() -> {
                        Asyncio.currentTask().cancel("self");
                        return await(sleep(ms(1)), v -> give(null));
                    })))
                    .withMessage("self");
        }
    }

    @Test
    void a_runner_keeps_loop_context_and_tasks_between_runs() {
        ContextVar<String> var = new ContextVar<>("var", "unset");
        try (Runner runner = runner()) {
            runner.run(coroutine(() -> {
                var.set("by the first run");
                Asyncio.createTask(job("background", 0), "background");
                return await(sleep(ms(5)), v -> give(null));
            }));
            log(loop.isRunning(), var.get());
            runner.run(coroutine(() -> {
                log(var.get(), Asyncio.allTasks().get(0).getName());
                return give(null);
            }));
        }

        assertThat(trace)
                .containsExactly(
                        "5 false unset",
                        "5 by the first run background",
                        "5 background cancelled",
                        "5 background ends");
    }

    @Test
    void a_closed_runner_refuses() {
        Runner runner = runner();
        runner.loop();
        runner.close();
        runner.close();

        assertThatThrownBy(() -> runner.run(Coroutine.of(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("runner is closed; make a new one");
    }

    @Test
    void run_inside_of_a_running_loop_is_refused() {
        run(coroutine(() -> {
            assertThatThrownBy(() -> Asyncio.run(Coroutine.of(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("run cannot be called from a running event loop: <EventLoop running=true closed=false"
                            + " debug=false>; inside of it write await(coroutine) or createTask(coroutine)");
            return give(null);
        }));
    }

    @Test
    void null_is_no_program() {
        assertThatThrownBy(() -> Asyncio.run(null)).hasMessage("run: a coroutine was expected, got null");
    }

    @Test
    void run_restores_the_thread() {
        Asyncio.run(Coroutine.done());

        assertThatThrownBy(Asyncio::getRunningLoop).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(Asyncio::getEventLoop).isInstanceOf(IllegalStateException.class);
    }
}
