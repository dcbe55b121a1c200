package io.github.jasyncio.traces;

import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What fails on a thread that is no loop's, and is awaited as one of Java's own stages. */
class ForeignTracesTest extends TracesTest {

    @Async
    static Coroutine<Integer> awaits(CompletableFuture<Integer> stage) {
        int value = await(stage);
        return Coroutine.of(value);
    }

    /** Fails in the runtime, called by the user, on a thread without a loop. */
    static CompletableFuture<Integer> makesTaskElsewhere() {
        return CompletableFuture.supplyAsync(ForeignTracesTest::makeTask);
    }

    private static int makeTask() {
        Task<Integer> task = createTask(failsAtOnce());
        return task.getName().length();
    }

    private static String[] expected() {
        return new String[] {
            "makeTask: Task<Integer> task = createTask(failsAtOnce());", "awaits: int value = await(stage);", RUN
        };
    }

    @Test
    void a_failure_in_a_call_of_the_runtime_is_followed_by_those_who_await() {
        CompletableFuture<Integer> goOn = new CompletableFuture<>();
        CompletableFuture<Integer> stage = goOn.thenApplyAsync(value -> makeTask());
        loop.callSoon(() -> goOn.complete(1));

        assertThat(traceOf(awaits(stage))).containsSubsequence(expected()).doesNotHaveDuplicates();
    }

    @Test
    void and_so_is_one_that_is_there_already_when_it_is_awaited() {
        CompletableFuture<Integer> stage = makesTaskElsewhere();
        stage.exceptionally(failure -> 0).join();

        assertThat(traceOf(awaits(stage))).containsSubsequence(expected()).doesNotHaveDuplicates();
    }

    @Test
    void awaiting_it_again_makes_it_no_longer() {
        CompletableFuture<Integer> stage = makesTaskElsewhere();
        stage.exceptionally(failure -> 0).join();

        String[] first = traceOf(awaits(stage)).toArray(String[]::new);

        assertThat(traceOf(awaits(stage))).containsExactly(first);
    }

    @Test
    void its_cause_is_followed_by_them_too() {
        UnaryOperator<Throwable> wrap =
                failure -> new IllegalArgumentException(((CompletionException) failure).getCause());
        CompletableFuture<Integer> stage = makesTaskElsewhere().handle((value, failure) -> {
            throw new CompletionException(wrap.apply(failure));
        });
        stage.exceptionally(failure -> 0).join();

        assertThat(SourceTrace.of(requireNonNull(run(awaits(stage)).getCause())))
                .containsSubsequence(expected());
    }

    @Async
    static CompletableFuture<Integer> awaitsEagerly(CompletableFuture<Integer> stage) {
        int value = await(stage);
        return CompletableFuture.completedFuture(value);
    }

    @Test
    void a_call_of_the_eager_kind_is_one_of_those_who_await() {
        CompletableFuture<Integer> goOn = new CompletableFuture<>();
        CompletableFuture<Integer> stage = awaitsEagerly(goOn.thenApplyAsync(value -> makeTask()));
        loop.callSoon(() -> goOn.complete(1));

        assertThat(traceOf(async(() -> Coroutine.of(await(stage)))))
                .containsSubsequence(
                        "makeTask: Task<Integer> task = createTask(failsAtOnce());",
                        "awaitsEagerly: int value = await(stage);",
                        RUN);
    }
}
