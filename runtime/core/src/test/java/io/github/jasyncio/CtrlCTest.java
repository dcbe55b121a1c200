package io.github.jasyncio;

import static io.github.jasyncio.Scripted.await;
import static io.github.jasyncio.Scripted.coroutine;
import static io.github.jasyncio.Scripted.fail;
import static io.github.jasyncio.Scripted.give;
import static io.github.jasyncio.Scripted.yields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.jasyncio.internal.signals.OsSignal;
import io.github.jasyncio.internal.signals.StopSignal;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Semantics: {@code asyncio.Runner}'s way with SIGINT. */
@NullUnmarked // as free as a test
class CtrlCTest extends LoopTest {

    @BeforeEach
    void assume_that_somebody_listens() {
        assumeThat(canBeInterrupted()).isTrue();
    }

    @Test
    void the_first_ctrl_c_cancels_the_coroutine_and_run_throws_keyboard_interrupt() {
        assertThatThrownBy(() -> Asyncio.run(coroutine(() -> {
                    pressCtrlC();
                    return await(Asyncio.getRunningLoop().<Void>createFuture(), v -> give(null), e -> {
                        trace.add(e.getClass().getSimpleName());
                        return fail(e);
                    });
                })))
                .isInstanceOf(KeyboardInterrupt.class);

        assertThat(trace).containsExactly("CancelledError");
    }

    @Test
    void the_second_ctrl_c_leaves_the_loop_at_once() {
        assertThatThrownBy(() -> Asyncio.run(coroutine(() -> {
                    pressCtrlC();
                    return await(Asyncio.getRunningLoop().<Void>createFuture(), v -> give(null), e -> {
                        pressCtrlC();
                        return await(Asyncio.getRunningLoop().<Void>createFuture(), v -> give(null), again -> {
                            trace.add("cancelled by the cleaning up");
                            return fail(again);
                        });
                    });
                })))
                .isInstanceOf(KeyboardInterrupt.class);

        assertThat(trace).containsExactly("cancelled by the cleaning up");
    }

    @Test
    void a_coroutine_that_others_have_cancelled_too_is_cancelled_and_not_interrupted() {
        assertThatThrownBy(() -> Asyncio.run(coroutine(() -> {
                    Asyncio.currentTask().cancel();
                    return await(Asyncio.getRunningLoop().<Void>createFuture(), v -> give(null), e -> {
                        pressCtrlC();
                        return await(Asyncio.getRunningLoop().<Void>createFuture(), v -> give(null), again -> {
                            trace.add("cancelling " + Asyncio.currentTask().cancelling());
                            return fail(again);
                        });
                    });
                })))
                .isInstanceOf(CancelledError.class);

        assertThat(trace).containsExactly("cancelling 2");
    }

    // ------------------------------------------------------------------------------------------------ a coroutine that
    // only yields

    private static Scripted.Step<Void> yieldForEver() {
        return await(Asyncio.sleep(java.time.Duration.ZERO), v -> yieldForEver());
    }

    @Test
    void the_first_one_cancels_a_coroutine_that_only_yields() {
        assertThatThrownBy(() -> Asyncio.run(coroutine(() -> yields(3, () -> {
                    pressCtrlC();
                    return await(coroutine(CtrlCTest::yieldForEver), v -> give(null), e -> {
                        trace.add(e.getClass().getSimpleName());
                        return fail(e);
                    });
                }))))
                .isInstanceOf(KeyboardInterrupt.class);

        assertThat(trace).containsExactly("CancelledError");
    }

    @Test
    void the_second_one_interrupts_a_coroutine_that_only_yields_and_does_not_want_to_end() {
        assertThatThrownBy(() -> Asyncio.run(coroutine(() -> {
                    pressCtrlC();
                    return await(coroutine(CtrlCTest::yieldForEver), v -> give(null), e -> {
                        pressCtrlC();
                        return await(coroutine(CtrlCTest::yieldForEver), v -> give(null), again -> {
                            trace.add("cancelled by the cleaning up");
                            return fail(again);
                        });
                    });
                })))
                .isInstanceOf(KeyboardInterrupt.class);

        assertThat(trace).containsExactly("cancelled by the cleaning up");
    }

    // ------------------------------------------------------------------------------------------------ a coroutine that
    // computes

    /** Computes until the signal has come. */
    private static void computeUntilInterrupted() {
        EventLoop loop = Asyncio.getRunningLoop();
        while (!loop.hasMail() && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void the_first_one_cancels_a_coroutine_that_computes_where_it_awaits_next() {
        assertThatThrownBy(() -> Asyncio.run(coroutine(() -> {
                    pressCtrlC();
                    computeUntilInterrupted();
                    trace.add("computed");
                    return await(Asyncio.getRunningLoop().<Void>createFuture(), v -> give(null), e -> {
                        trace.add(e.getClass().getSimpleName());
                        return fail(e);
                    });
                })))
                .isInstanceOf(KeyboardInterrupt.class);

        assertThat(trace).containsExactly("computed", "CancelledError");
    }

    @Test
    void the_first_one_is_heard_if_the_coroutine_ends_without_an_await() {
        assertThatThrownBy(() -> Asyncio.run(coroutine(() -> {
                    pressCtrlC();
                    computeUntilInterrupted();
                    return give("result");
                })))
                .isInstanceOf(KeyboardInterrupt.class);
    }

    @Test
    void the_second_one_interrupts_the_thread_of_a_coroutine_that_computes() {
        assertThatThrownBy(() -> Asyncio.run(coroutine(() -> {
                    pressCtrlC();
                    pressCtrlC();
                    while (!Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                    }
                    trace.add("interrupted");
                    return await(Asyncio.getRunningLoop().<Void>createFuture(), v -> give(null), e -> {
                        trace.add("cancelled by the cleaning up");
                        return fail(e);
                    });
                })))
                .isInstanceOf(KeyboardInterrupt.class);

        assertThat(trace).containsExactly("interrupted", "cancelled by the cleaning up");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void the_third_one_ends_the_program() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        String.join(java.io.File.pathSeparator, List.of("target/classes", "target/test-classes")),
                        Deaf.class.getName())
                .inheritIO()
                .start();
        try {
            assertThat(process.waitFor()).isEqualTo(130);
        } finally {
            process.destroyForcibly();
        }
    }

    /** A program that computes and hears nothing. */
    static final class Deaf {

        public static void main(String[] arguments) {
            Asyncio.run(coroutine(() -> {
                pressCtrlC();
                computeUntilInterrupted();
                pressCtrlC();
                while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                }
                pressCtrlC();
                while (true) {
                    Thread.onSpinWait();
                }
            }));
        }
    }

    /** Not where tests run on another thread than the main one, or where SIGINT is ignored (a shell's background job). */
    private static boolean canBeInterrupted() {
        try (OsSignal signal = StopSignal.INTERRUPT.install(() -> {})) {
            return signal != null;
        } catch (StopSignal.NotCaught e) {
            return false;
        }
    }

    private static void pressCtrlC() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            signal.getMethod("raise", signal)
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
