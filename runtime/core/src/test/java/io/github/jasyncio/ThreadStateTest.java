package io.github.jasyncio;

import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server's thread must not keep the application's classes, and so none of the runtime's objects, once it has run something. */
class ThreadStateTest {

    private static final ContextVar<String> VARIABLE = new ContextVar<>("variable");

    static Stream<Named<Runnable>> visits() {
        return Stream.of(
                Named.of("a program", () -> run(sleep(Duration.ZERO))),
                Named.of("something in a context", () -> new Context().run(() -> VARIABLE.set("value"))),
                Named.of("a variable that was set and reset", () -> VARIABLE.reset(VARIABLE.set("value"))),
                Named.of("several that were set and reset", () -> {
                    ContextVar<Integer> other = new ContextVar<>("other");
                    ContextVar.Token<String> token = VARIABLE.set("value");
                    ContextVar.Token<Integer> otherToken = other.set(1);
                    ContextVar.Token<String> second = VARIABLE.set("second");
                    new Context().run(() -> VARIABLE.set("elsewhere"));
                    VARIABLE.reset(second);
                    VARIABLE.reset(token);
                    other.reset(otherToken);
                }),
                Named.of("a variable that was set around a program", () -> {
                    ContextVar.Token<String> token = VARIABLE.set("value");
                    run(sleep(Duration.ZERO));
                    VARIABLE.reset(token);
                }),
                Named.of("a token that was refused", () -> {
                    ContextVar.Token<String> token =
                            new Context().<ContextVar.Token<String>, RuntimeException>run(() -> VARIABLE.set("value"));
                    assertThatThrownBy(() -> VARIABLE.reset(token)).isInstanceOf(IllegalArgumentException.class);
                }),
                Named.of("the text of a future", () -> {
                    try (Runner runner = new Runner()) {
                        assertThat(runner.loop().createFuture()).hasToString("<Future pending>");
                    }
                }),
                Named.of("a program in a context", () -> new Context().run(() -> run(sleep(Duration.ZERO)))),
                Named.of("a closed loop over an executor", () -> onItsExecutor((executor, loop) -> loop.close())),
                Named.of(
                        "a loop over an executor, stopped between turns",
                        () -> onItsExecutor((executor, loop) -> loop.stop())),
                Named.of(
                        "a loop over an executor, stopped in a turn",
                        () -> onItsExecutor((executor, loop) -> {
                            loop.callSoon(loop::stop);
                            executor.runAll();
                        })),
                Named.of("a loop that was set for a while", () -> {
                    Asyncio.setEventLoop(Asyncio.newEventLoop());
                    Asyncio.getEventLoop().close();
                    Asyncio.setEventLoop(null);
                }));
    }

    private static void onItsExecutor(BiConsumer<ManualExecutor, EventLoop> end) {
        ManualExecutor executor = new ManualExecutor();
        EventLoop loop = EventLoop.over(executor);
        Task<Void> task = loop.createTask(sleep(Duration.ZERO));
        executor.runAll();
        assertThat(task.isDone()).isTrue();
        end.accept(executor, loop);
    }

    @ParameterizedTest(name = "after {0}")
    @MethodSource("visits")
    void a_thread_forgets_what_is_over(Runnable visit) throws Exception {
        assertThat(keepsItsState(visit)).isFalse();
    }

    @Test
    void a_thread_keeps_what_was_set_on_it() throws Exception {
        boolean keeps = keepsItsState(() -> {
            VARIABLE.set("value");
            run(sleep(Duration.ZERO));
        });

        assertThat(keeps).isTrue();
    }

    /** On a thread of its own, because nobody knows what other tests left on this one. */
    private static boolean keepsItsState(Runnable visit) throws Exception {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            ThreadState before = ThreadState.current();
            visit.run();
            return ThreadState.current() == before;
        });
        new Thread(task).start();
        return task.get();
    }
}
