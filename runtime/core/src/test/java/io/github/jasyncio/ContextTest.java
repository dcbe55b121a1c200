package io.github.jasyncio;

import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Scripted.await;
import static io.github.jasyncio.Scripted.coroutine;
import static io.github.jasyncio.Scripted.doing;
import static io.github.jasyncio.Scripted.give;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.NoSuchElementException;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Semantics: {@code contextvars}; the order is that of the traces context_*. */
@NullUnmarked // null is tested as well
class ContextTest extends LoopTest {

    private final ContextVar<String> var = new ContextVar<>("var", "default");

    private void show(String what) {
        log(what, var.get());
        var.set("set in " + what);
    }

    @Test
    void a_variable_without_a_value_gives_its_default_or_refuses() {
        ContextVar<String> bare = new ContextVar<>("bare");

        assertThat(var.get()).isEqualTo("default");
        assertThat(var.get("otherwise")).isEqualTo("otherwise");
        assertThat(bare.get("otherwise")).isEqualTo("otherwise");
        assertThatThrownBy(bare::get)
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage(
                        "<ContextVar name='bare'> has neither a value in the current context nor a default; set it, or"
                                + " use get(otherwise)");
    }

    @Test
    void what_is_set_is_reset_by_its_token_once() {
        new Context().run(() -> {
            ContextVar.Token<String> outer = var.set("outer");
            ContextVar.Token<String> inner = var.set(null);
            assertThat(var.get()).isNull();

            var.reset(inner);
            assertThat(var.get()).isEqualTo("outer");
            assertThatThrownBy(() -> var.reset(inner)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> new ContextVar<String>("other").reset(outer))
                    .isInstanceOf(IllegalArgumentException.class);
            var.reset(outer);
            assertThat(var.get()).isEqualTo("default");
        });
    }

    /** Whether a context is an object or still a mere map, and whose it is, makes no difference. */
    @Test
    void a_token_of_another_context_is_refused_and_stays_good() {
        ContextVar.Token<String> outside = var.set("outside");
        run(coroutine(() -> {
            refuses(outside);
            ContextVar.Token<String> tasks = var.set("the task's");
            ContextVar.Token<String> second = var.set("the task's second");
            Task<Void> closer = Asyncio.createTask(doing(() -> {
                refuses(second);
                var.set("the closer's");
                refuses(second);
                log("closer", var.get());
            }));
            loop.callSoon(() -> {
                refuses(second);
                ContextVar.Token<String> callbacks = var.set("the callback's");
                refuses(second);
                var.reset(callbacks);
                log("callback", var.get());
            });
            new Context().run(() -> refuses(second));
            return await(
                    closer,
                    v -> await(sleep(Duration.ZERO), w -> {
                        var.reset(second);
                        log(var.get());
                        Asyncio.currentTask().getContext();
                        var.reset(tasks); // made before its context was an object
                        log(var.get());
                        return give(null);
                    }));
        }));
        new Context().run(() -> refuses(outside));
        var.reset(outside);

        assertThat(var.get()).isEqualTo("default");
        assertThat(trace)
                .containsExactly("0 closer the closer's", "0 callback the task's second", "0 the task's", "0 outside");
    }

    private void refuses(ContextVar.Token<String> token) {
        assertThatThrownBy(() -> var.reset(token))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("<Token var=<ContextVar name='var'>> was created in a different context, a task's or a"
                        + " callback's own, say; reset a variable where it was set");
    }

    @Test
    void a_token_of_another_thread_is_refused() throws Exception {
        ContextVar.Token<String> token = var.set("here");
        Thread other = new Thread(() -> {
            try {
                refuses(token);
            } catch (AssertionError e) {
                reports.add(e.toString());
            }
        });
        other.start();
        other.join();

        var.reset(token);
        assertThat(var.get()).isEqualTo("default");
    }

    @Test
    void what_is_set_in_a_context_stays_in_it() {
        Context context = Context.copyContext();
        Context copy = context.copy();

        context.run(() -> var.set("inside"));

        assertThat(var.get()).isEqualTo("default");
        assertThat(context.get(var)).isEqualTo("inside");
        assertThat(context.contains(var)).isTrue();
        assertThat(copy.contains(var)).isFalse();
        assertThat(copy.get(var, "none")).isEqualTo("none");
        assertThatThrownBy(() -> copy.get(var)).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void a_context_shows_what_is_set_while_it_is_entered() {
        Context context = new Context();

        context.run(() -> {
            var.set("now");
            assertThat(context.get(var)).isEqualTo("now");
            new Context().run(() -> {
                assertThat(var.get()).isEqualTo("default");
                assertThat(context.get(var)).isEqualTo("now");
            });
            assertThat(var.get()).isEqualTo("now");
        });
    }

    @Test
    void a_context_is_entered_once_at_a_time() {
        Context context = new Context();

        context.run(() -> assertThatThrownBy(() -> context.run(() -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("cannot enter context: <Context of 0 variables> is already entered"));
        context.run(() -> {});
    }

    @Test
    void a_failure_leaves_the_context() {
        Context context = new Context();

        assertThatThrownBy(() -> context.run(() -> {
                    var.set("inside");
                    throw new IOException("checked");
                }))
                .isInstanceOf(IOException.class);

        assertThat(var.get()).isEqualTo("default");
        assertThat(context.<String, RuntimeException>run(() -> var.get())).isEqualTo("inside");
    }

    @Test
    void callbacks_run_in_the_context_of_their_registration() {
        run(coroutine(() -> {
            Future<Void> future = loop.createFuture();
            var.set("1");
            loop.callSoon(() -> show("soon"));
            loop.callLater(ms(1), () -> show("later"));
            future.addDoneCallback(f -> show("done callback"));
            var.set("2");
            loop.callSoon(() -> show("soon 2"));
            Context other = Context.copyContext();
            other.run(() -> var.set("other"));
            loop.callSoon(() -> show("given"), other);
            loop.callSoon(() -> show("given again"), other);
            future.addDoneCallback(f -> show("done, given"), other);
            var.set("3");
            future.setResult(null);
            future.addDoneCallback(f -> show("late"));
            return await(sleep(ms(2)), v -> {
                log("main", var.get(), "other", other.get(var));
                return give(null);
            });
        }));

        assertThat(trace)
                .containsExactly(
                        "0 soon 1",
                        "0 soon 2 2",
                        "0 given other",
                        "0 given again set in given",
                        "0 done callback 1",
                        "0 done, given set in given again",
                        "0 late 3",
                        "1 later 1",
                        "2 main 3 other set in done, given");
        assertThat(var.get()).isEqualTo("default");
    }

    @Test
    void the_exception_handler_sees_the_context_of_the_callback_that_failed() {
        loop.setExceptionHandler((lp, context) -> log("handler sees", var.get()));
        loop.callSoon(() -> {
            var.set("5");
            throw new Boom("b");
        });

        turns(1);

        assertThat(trace).containsExactly("0 handler sees 5");
    }

    @Test
    void a_task_runs_in_a_copy_and_an_awaited_coroutine_in_its_caller_s_context() {
        run(coroutine(() -> {
            var.set("main's");
            Task<Void> task = Asyncio.createTask(coroutine(() -> {
                log("task begins with", var.get());
                var.set("the task's");
                return await(sleep(ms(1)), v -> {
                    log("task has", var.get());
                    return give(null);
                });
            }));
            var.set("main's second");
            return await(task, v -> {
                log("main has", var.get());
                return await(doing(() -> var.set("the coroutine's")), w -> {
                    log("main has", var.get());
                    return give(null);
                });
            });
        }));

        assertThat(trace)
                .containsExactly(
                        "0 task begins with main's",
                        "1 task has the task's",
                        "1 main has main's second",
                        "1 main has the coroutine's");
        assertThat(var.get()).isEqualTo("default");
    }

    @Test
    void a_task_can_be_given_its_context() {
        Context context = new Context();
        context.run(() -> var.set("given"));
        Task<Void> task = loop.createTask(doing(() -> show("task")), null, context);

        run(task);

        assertThat(trace).containsExactly("0 task given");
        assertThat(context.get(var)).isEqualTo("set in task");
        assertThat(task.getContext()).isSameAs(context);
    }

    @Test
    void a_task_s_own_context_can_be_asked_for_at_any_time() {
        Task<Context> task = loop.createTask(coroutine(() -> {
            var.set("1");
            return await(sleep(Duration.ZERO), v -> {
                Context[] mine = new Context[1];
                new Context().run(() -> mine[0] = Asyncio.currentTask().getContext());
                var.set("2");
                assertThat(mine[0].get(var)).isEqualTo("2");
                return await(sleep(Duration.ZERO), w -> {
                    var.set("3");
                    return give(mine[0]);
                });
            });
        }));

        assertThat(task.getContext().contains(var)).isFalse();
        Context context = run(task);

        assertThat(context).isSameAs(task.getContext());
        assertThat(context.get(var)).isEqualTo("3");
    }

    @Test
    void a_running_task_without_a_context_object_gets_one() {
        Task<Context> task = loop.createTask(coroutine(() -> {
            var.set("1");
            Context mine = Asyncio.currentTask().getContext();
            var.set("2");
            return await(sleep(Duration.ZERO), w -> {
                log(var.get());
                return give(mine);
            });
        }));

        Context context = run(task);

        assertThat(context.get(var)).isEqualTo("2");
        assertThat(trace).containsExactly("0 2");
    }

    @Test
    void a_task_whose_context_is_entered_already_fails() {
        Context context = new Context();
        Task<Integer> task = loop.createTask(Coroutine.of(1), null, context);

        context.run(() -> assertThatThrownBy(() -> run(task)).hasMessageStartingWith("cannot enter context"));
    }
}
