package io.github.jasyncio.cpython;

import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.toThread;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.ContextVar;
import io.github.jasyncio.Coroutine;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** {@code test_threads} and {@code test_context}. */
@NullUnmarked // null is tested as well
class ThreadsAndContextsTest extends OnVirtualTime {

    @Test
    void a_call_runs_once_in_another_thread_and_gives_its_value() {
        AtomicInteger calls = new AtomicInteger();
        Thread[] thread = new Thread[1];

        int sum = run(toThread(() -> {
            calls.incrementAndGet();
            thread[0] = Thread.currentThread();
            return 40 + 2;
        }));

        assertThat(sum).isEqualTo(42);
        assertThat(calls).hasValue(1);
        assertThat(thread[0]).isNotSameAs(Thread.currentThread());
    }

    @Test
    void it_does_not_run_before_it_is_awaited() {
        AtomicInteger calls = new AtomicInteger();

        Coroutine<Integer> call = toThread(calls::incrementAndGet);
        turns(1);

        assertThat(calls).hasValue(0);
        run(call);
        assertThat(calls).hasValue(1);
    }

    @Test
    void a_checked_exception_arrives_as_it_was_thrown() {
        IOException failure = new IOException("test");

        assertThat(failureOf(toThread(() -> {
                    throw failure;
                })))
                .isSameAs(failure);
    }

    @Test
    void many_calls_run_side_by_side() {
        AtomicInteger calls = new AtomicInteger();
        List<Coroutine<Integer>> coroutines = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            coroutines.add(toThread(calls::incrementAndGet));
        }

        assertThat(run(gather(coroutines))).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    @Test
    void a_call_sees_the_variables_of_its_caller_and_changes_only_its_own() {
        ContextVar<String> variable = new ContextVar<>("variable");

        run(async(() -> {
            variable.set("parrot");
            log(await(toThread(() -> {
                String seen = variable.get();
                variable.set("dead");
                return seen + " " + variable.get();
            })));
            log(variable.get());
            return Coroutine.done();
        }));

        assertThat(trace).containsExactly("0 parrot dead", "0 parrot");
    }

    @Async
    private Coroutine<String> fraction(ContextVar<MathContext> precision, int digits, int x, int y) {
        precision.set(new MathContext(digits));
        await(sleep(ms(10)));
        BigDecimal a = new BigDecimal(x).divide(new BigDecimal(y), precision.get());
        await(sleep(ms(10)));
        return Coroutine.of(a + ", " + new BigDecimal(y).divide(new BigDecimal(x), precision.get()));
    }

    @Test
    void tasks_that_take_turns_keep_the_settings_each_has_made() {
        ContextVar<MathContext> precision = new ContextVar<>("precision", MathContext.UNLIMITED);

        assertThat(run(gather(fraction(precision, 3, 1, 3), fraction(precision, 6, 1, 3))))
                .containsExactly("0.333, 3", "0.333333, 3");
        assertThat(precision.get()).isSameAs(MathContext.UNLIMITED);
    }
}
