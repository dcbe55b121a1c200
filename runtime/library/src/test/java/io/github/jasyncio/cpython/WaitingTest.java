package io.github.jasyncio.cpython;

import static io.github.jasyncio.Asyncio.asCompleted;
import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.setEventLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitOn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.ReturnWhen;
import io.github.jasyncio.Task;
import io.github.jasyncio.WaitResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code wait} and {@code as_completed} in {@code test_tasks}, where the traces wait_* and ascompleted_* do not cover them. */
@NullUnmarked // null is tested as well
class WaitingTest extends OnVirtualTime {

    /** Sleeps as long as its text says, {@code 50}; fails then if there is a mark, {@code 50!}; is cancelled then, {@code 50x}. */
    private Task<String> task(String text) {
        long millis = Long.parseLong(text.replaceAll("\\D", ""));
        Task<String> task = loop.createTask(
                text.endsWith("!") ? failsAfter(millis, text) : sleep(ms(text.endsWith("x") ? 10_000 : millis), text),
                text);
        if (text.endsWith("x")) {
            loop.callLater(ms(millis), task::cancel);
        }
        return task;
    }

    private static String names(Iterable<Future<String>> futures) {
        List<String> names = new ArrayList<>();
        futures.forEach(future -> names.add(((Task<?>) future).getName()));
        return String.join(" ", names);
    }

    @ParameterizedTest(name = "{0}, {1}, limit {2}: {3} done after {4} ms")
    @CsvSource({
        "100 150, ALL_COMPLETED, , 100 150, 150",
        "100 150, FIRST_COMPLETED, , 100, 100",
        "100 150, FIRST_EXCEPTION, , 100 150, 150",
        "100 150!, ALL_COMPLETED, , 100 150!, 150",
        "100! 150, ALL_COMPLETED, , 100! 150, 150",
        "100! 150, FIRST_EXCEPTION, , 100!, 100",
        "100! 150, FIRST_COMPLETED, , 100!, 100",
        "50 100! 150, FIRST_EXCEPTION, , 50 100!, 100",
        // a cancelled one has not failed
        "50x 100, FIRST_EXCEPTION, , 50x 100, 100",
        "50x 100, FIRST_COMPLETED, , 50x, 50",
        "100 150, ALL_COMPLETED, 120, 100, 120",
        "100 150, ALL_COMPLETED, 0, '', 0",
        "100 150!, FIRST_EXCEPTION, 120, 100, 120",
        // the limit is due behind the task's own timer, and looks at what is done when it wakes
        "100 150, FIRST_COMPLETED, 100, 100, 100",
        "100 150, ALL_COMPLETED, 1000, 100 150, 150"
    })
    void wait_sorts_what_is_done(String delays, ReturnWhen returnWhen, Long limit, String done, long after) {
        List<Task<String>> tasks =
                Stream.of(delays.split(" ", -1)).map(this::task).toList();

        WaitResult<String> result = run(waitOn(tasks, returnWhen, limit == null ? null : ms(limit)));

        assertThat(names(result.done())).isEqualTo(done);
        assertThat(names(result.pending()))
                .isEqualTo(Stream.of(delays.split(" ", -1))
                        .filter(delay -> !List.of(done.split(" ", -1)).contains(delay))
                        .collect(Collectors.joining(" ")));
        assertThat(millis()).isEqualTo(after);
        tasks.forEach(task -> {
            if (task.isDone() && !task.isCancelled()) {
                task.exception();
            }
        });
        tasks.forEach(Task::cancel);
        turns(2);
    }

    @Test
    void one_that_has_failed_before_ends_the_waiting_for_the_first_failure_after_one_turn() {
        Task<String> failed = task("0!");
        assertThat(failureOf(failed)).isInstanceOf(Boom.class);
        Task<String> sleeps = task("100");

        WaitResult<String> result = run(waitOn(List.of(sleeps, failed), ReturnWhen.FIRST_EXCEPTION));

        assertThat(names(result.done())).isEqualTo("0!");
        assertThat(names(result.pending())).isEqualTo("100");
        assertThat(millis()).isZero();
        run(sleeps);
    }

    @Test
    void all_that_are_done_when_the_waiting_task_has_its_turn_are_reported() {
        Task<String> a = task("10");
        Task<String> b = task("10");

        assertThat(run(waitOn(List.of(a, b), ReturnWhen.FIRST_COMPLETED)).done())
                .containsExactly(a, b);
    }

    @Test
    void one_that_is_given_to_wait_twice_counts_once() {
        Task<String> a = task("10");
        Task<String> b = task("20");

        WaitResult<String> result = run(waitOn(List.of(a, a, b), ReturnWhen.ALL_COMPLETED));

        assertThat(result.done()).containsExactly(a, b);
        assertThat(result.pending()).isEmpty();
        assertThat(millis()).isEqualTo(20);
    }

    @Async
    private Coroutine<List<String>> takeAll(Iterable<Coroutine<String>> completed) {
        List<String> taken = new ArrayList<>();
        for (Coroutine<String> next : completed) {
            try {
                String value = await(next);
                taken.add(millis() + ":" + value);
            } catch (Boom | AsyncTimeoutException e) {
                taken.add(millis() + ":" + e.getClass().getSimpleName());
            }
        }
        return Coroutine.of(taken);
    }

    @ParameterizedTest(name = "{0}, limit {1}: {2}")
    @CsvSource({
        "150 100 10, , 10:10 100:100 150:150",
        "150 100! 10, , 10:10 100:Boom 150:150",
        "100 150, 120, 100:100 120:AsyncTimeoutException",
        "100 150 200, 120, 100:100 120:AsyncTimeoutException 120:AsyncTimeoutException",
        "100 150, 1000, 100:100 150:150",
        "10, 0, 0:AsyncTimeoutException"
    })
    void as_completed_gives_what_is_done_first_first(String delays, Long limit, String expected) {
        List<Task<String>> tasks =
                Stream.of(delays.split(" ", -1)).map(this::task).toList();

        List<String> taken = run(async(() -> {
            Iterable<Coroutine<String>> completed = asCompleted(tasks, limit == null ? null : ms(limit));
            return takeAll(completed);
        }));

        assertThat(String.join(" ", taken)).isEqualTo(expected);
        tasks.forEach(Task::cancel);
        turns(2);
    }

    @Test
    void the_iterator_may_be_left_and_gone_on_with() {
        run(async(() -> {
            Iterator<Coroutine<String>> completed = asCompleted(
                            List.of(sleep(ms(10), "a"), sleep(ms(20), "b"), sleep(ms(30), "c")))
                    .iterator();
            log(await(completed.next()));
            await(sleep(ms(100)));
            log(await(completed.next()), await(completed.next()), completed.hasNext());
            return Coroutine.done();
        }));

        assertThat(trace).containsExactly("10 a", "110 b c false");
    }

    @Test
    void the_coroutine_that_is_awaited_first_gets_the_first_value_whichever_it_is() {
        run(async(() -> {
            Iterator<Coroutine<String>> completed = asCompleted(List.of(sleep(ms(50), "a"), sleep(ms(100), "b")))
                    .iterator();
            Coroutine<String> one = completed.next();
            Coroutine<String> two = completed.next();
            log(await(two));
            log(await(one));
            return Coroutine.done();
        }));

        assertThat(trace).containsExactly("50 a", "100 b");
    }

    @Test
    void several_tasks_may_wait_for_the_next_ones() {
        WaitResult<String> result = run(async(() -> {
            List<Task<String>> takers = new ArrayList<>();
            for (Coroutine<String> next : asCompleted(List.of(sleep(ms(10), "a"), sleep(ms(10), "b")))) {
                takers.add(createTask(next));
            }
            return waitOn(takers, ReturnWhen.ALL_COMPLETED);
        }));

        assertThat(result.done()).extracting(Future::result).containsExactly("a", "b");
    }

    @Test
    void one_that_is_given_twice_is_given_back_once() {
        Coroutine<String> ham = sleep(Duration.ZERO, "ham");

        List<String> taken =
                run(async(() -> takeAll(asCompleted(List.of(ham, ham, sleep(Duration.ZERO, "spam"), ham)))));

        assertThat(taken).containsExactly("0:ham", "0:spam");
    }

    @Test
    void coroutines_need_a_loop_on_which_to_run() {
        setEventLoop(null);

        assertThatThrownBy(() -> asCompleted(List.of(sleep(ms(1)))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no current event loop");
    }
}
