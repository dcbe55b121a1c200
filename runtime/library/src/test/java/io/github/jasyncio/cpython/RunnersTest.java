package io.github.jasyncio.cpython;

import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.getEventLoop;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.setEventLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Asyncio;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Context;
import io.github.jasyncio.ContextVar;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Runner;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code test_runners}, where the traces runner_* and {@code RunnerTest} of the core do not cover it. */
@NullUnmarked // null is tested as well
class RunnersTest {

    private static EventLoop virtual() {
        return EventLoop.builder().virtualTime().build();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_loop_s_debug_mode_is_the_runner_s(boolean debug) {
        try (Runner runner = Runner.builder().debug(debug).build()) {
            assertThat(runner.loop().getDebug()).isEqualTo(debug);
        }
        assertThat(Asyncio.<Boolean>run(
                        async(() -> Coroutine.of(getRunningLoop().getDebug())), debug))
                .isEqualTo(debug);
    }

    @Test
    void debug_mode_of_a_given_loop_is_left_alone_unless_asked_for() {
        EventLoop loop = EventLoop.builder().debug(true).build();

        try (Runner runner = Runner.builder().loopFactory(() -> loop).build()) {
            assertThat(runner.loop()).isSameAs(loop);
            assertThat(loop.getDebug()).isTrue();
        }
    }

    @Test
    void a_closed_runner_has_closed_its_loop_and_refuses_and_closing_it_again_does_nothing() {
        Runner runner = new Runner();
        EventLoop loop = runner.loop();
        assertThat(runner.<String>run(async(() -> {
                    await(sleep(Duration.ZERO));
                    return Coroutine.of("done");
                })))
                .isEqualTo("done");

        runner.close();
        runner.close();

        assertThat(loop.isClosed()).isTrue();
        assertThatThrownBy(runner::loop)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("runner is closed");
        assertThatThrownBy(() -> runner.run(Coroutine.done())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void the_factory_is_asked_once() {
        AtomicInteger asked = new AtomicInteger();
        Runner.Builder builder = Runner.builder().loopFactory(() -> {
            asked.incrementAndGet();
            return virtual();
        });

        try (Runner runner = builder.build()) {
            assertThat(asked).hasValue(0);
            EventLoop first = runner.<EventLoop>run(async(() -> Coroutine.of(getRunningLoop())));
            EventLoop second = runner.<EventLoop>run(async(() -> Coroutine.of(getRunningLoop())));
            assertThat(first).isSameAs(second).isSameAs(runner.loop());
        }

        assertThat(asked).hasValue(1);
    }

    @Test
    void what_one_run_sets_the_next_one_finds_and_the_caller_does_not() {
        ContextVar<Integer> variable = new ContextVar<>("variable", -1);

        try (Runner runner = Runner.builder().loopFactory(RunnersTest::virtual).build()) {
            List<Integer> seen = new ArrayList<>();
            for (int i = 1; i <= 2; i++) {
                int value = i;
                runner.run(async(() -> {
                    seen.add(variable.get());
                    await(sleep(Duration.ZERO));
                    variable.set(value);
                    return Coroutine.done();
                }));
            }
            Context context = runner.<Context>run(async(() -> Coroutine.of(Context.copyContext())));

            assertThat(seen).containsExactly(-1, 1);
            assertThat(context.get(variable)).isEqualTo(2);
            assertThat(variable.get()).isEqualTo(-1);
        }
    }

    @Test
    void a_runner_cannot_run_inside_of_its_own_run() {
        try (Runner runner = Runner.builder().loopFactory(RunnersTest::virtual).build()) {
            Coroutine<Void> inner = async(() -> Coroutine.done());

            assertThatThrownBy(() -> runner.run(async(() -> {
                        runner.run(inner);
                        return Coroutine.done();
                    })))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("Runner.run cannot be called from a running event loop");
            // it is as good as before
            runner.run(inner);
        }
    }

    @Test
    void the_thread_s_loop_is_set_while_it_runs_and_unset_behind() {
        EventLoop[] seen = new EventLoop[2];

        Asyncio.run(async(() -> {
            seen[0] = getEventLoop();
            seen[1] = getRunningLoop();
            return Coroutine.done();
        }));

        assertThat(seen[0]).isSameAs(seen[1]);
        assertThatThrownBy(Asyncio::getEventLoop).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_runner_with_a_factory_does_not_touch_the_thread_s_loop() {
        EventLoop mine = virtual();
        setEventLoop(mine);

        try (Runner runner = Runner.builder().loopFactory(RunnersTest::virtual).build()) {
            runner.run(Coroutine.done());
            assertThat(getEventLoop()).isSameAs(mine);
        }

        assertThat(getEventLoop()).isSameAs(mine);
        setEventLoop(null);
        mine.close();
    }

    @Test
    void what_hangs_is_cancelled_on_the_way_out_also_when_the_program_fails() {
        List<Task<Void>> hanging = new ArrayList<>();

        assertThatThrownBy(() -> Asyncio.run(async(() -> {
                    hanging.add(createTask(sleep(Duration.ofDays(1))));
                    hanging.add(createTask(sleep(Duration.ofDays(2))));
                    await(sleep(Duration.ZERO));
                    throw new IllegalArgumentException("spam");
                })))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("spam");

        assertThat(hanging).hasSize(2).allMatch(Task::isCancelled);
    }

    @Test
    void tasks_that_fail_on_the_way_out_are_all_reported_with_their_task() {
        List<String> reports = new ArrayList<>();
        EventLoop loop = virtual();
        loop.setExceptionHandler((lp, context) -> reports.add(context.get("message") + " " + context.get("exception")
                + " " + ((Task<?>) context.get("task")).getName()));

        try (Runner runner = Runner.builder().loopFactory(() -> loop).build()) {
            runner.run(async(() -> {
                createTask(OnVirtualTime.failsWhenCancelled("a"), "one");
                createTask(OnVirtualTime.failsWhenCancelled("b"), "two");
                await(sleep(Duration.ZERO));
                return Coroutine.done();
            }));
        }

        assertThat(reports)
                .containsExactly(
                        "unhandled exception during asyncio.run() shutdown Boom: a one",
                        "unhandled exception during asyncio.run() shutdown Boom: b two");
    }

    @Test
    void a_program_that_cancels_itself_is_cancelled() {
        assertThatThrownBy(() -> Asyncio.run(async(() -> {
                    OnVirtualTime.current().cancel("self");
                    await(sleep(Duration.ofDays(1)));
                    return Coroutine.done();
                })))
                .isInstanceOf(CancelledError.class)
                .hasMessage("self");
    }

    @Test
    void the_result_s_text_is_never_asked_for() {
        class Silent {

            @Override
            public String toString() {
                throw new AssertionError("asked for its text");
            }
        }
        Silent silent = new Silent();

        assertThat(Asyncio.<Silent>run(async(() -> {
                            await(sleep(Duration.ZERO));
                            return Coroutine.of(silent);
                        }))
                        == silent)
                .isTrue();
    }
}
