package io.github.jasyncio;

import static io.github.jasyncio.Asyncio.allTasks;
import static io.github.jasyncio.Asyncio.asCompleted;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.gatherOutcomes;
import static io.github.jasyncio.Asyncio.mayThrow;
import static io.github.jasyncio.Asyncio.shield;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitFor;
import static io.github.jasyncio.Asyncio.waitOn;
import static io.github.jasyncio.Asyncio.wrapFuture;
import static io.github.jasyncio.Asyncio.wrapFutures;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** What users write with the functions compiles: values of several types, Java's own stages, checked exceptions. */
@NullUnmarked // null is tested as well
class SignaturesTest extends LoopTest {

    private final CompletableFuture<Integer> stage = new CompletableFuture<>();
    private final CompletionStage<String> text = CompletableFuture.completedFuture("text");

    // ------------------------------------------------------------------------------------------------ types

    @Test
    void futures_of_several_types_are_waited_for_together() {
        Task<Integer> number = loop.createTask(sleep(ms(1), 1));
        Task<String> word = loop.createTask(sleep(ms(2), "b"));

        WaitResult<Object> mixed = run(waitOn(List.of(number, word), ReturnWhen.FIRST_COMPLETED));
        WaitResult<Object> all = run(waitOn(allTasks(loop), ReturnWhen.ALL_COMPLETED));
        WaitResult<Integer> ofOne = run(waitOn(List.of(number), ReturnWhen.ALL_COMPLETED));
        List<Object> gathered = run(Asyncio.<Object>gather(number, word));
        List<Object> inOrder = new ArrayList<>();
        for (Coroutine<Object> next : Asyncio.<Object>asCompleted(List.of(number, word))) {
            inOrder.add(run(next));
        }

        for (Future<Object> future : mixed.done()) {
            assertThat(future.result()).isEqualTo(1);
        }
        assertThat(all.done()).hasSize(1);
        assertThat(ofOne.done()).hasSize(1);
        assertThat(gathered).containsExactly(1, "b");
        assertThat(inOrder).containsExactly(1, "b");
    }

    @Test
    void two_results_of_different_types_become_one() {
        record Page(int number, String text) {}

        Future<Page> page = gather(sleep(ms(1), 1), sleep(ms(2), "b"), Page::new);
        Future<Object> fails = gather(sleep(ms(1), 1), sleep(ms(2), "b"), (number, word) -> {
            throw new Boom("combine");
        });

        assertThat(run(page)).isEqualTo(new Page(1, "b"));
        assertThatThrownBy(() -> run(fails)).isInstanceOf(Boom.class).hasMessage("combine");
        assertThatThrownBy(() -> gather(page, page, null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void one_of_two_that_fails_fails_both() {
        Future<Integer> failed = loop.createFuture();
        failed.setException(new Boom("first"));
        Task<String> other = loop.createTask(sleep(ms(1), "b"));

        Future<String> both = gather(failed, other, (number, word) -> word);

        assertThatThrownBy(() -> run(both)).isInstanceOf(Boom.class).hasMessage("first");
        assertThat(run(other)).isEqualTo("b");
    }

    // ------------------------------------------------------------------------------------------------ Java's own
    // stages

    @Test
    void stages_stand_where_awaitables_do() {
        loop.callLater(ms(5), () -> stage.complete(5));

        assertThat(run(waitFor(stage, ms(10)))).isEqualTo(5);
        assertThat(run(shield(stage))).isEqualTo(5);
        assertThat(run(Asyncio.<Object>gather(stage, text))).containsExactly(5, "text");
        assertThat(run(Asyncio.<Object>gather(stage, sleep(ms(1), "b")))).containsExactly(5, "b");
        assertThat(run(Asyncio.<Object>gather(sleep(ms(1), "b"), stage))).containsExactly("b", 5);
        assertThat(run(gatherOutcomes(stage, stage))).hasSize(2);
        assertThat(run(gather(wrapFutures(List.of(stage, stage))))).containsExactly(5, 5);
        assertThat(run(waitOn(wrapFutures(List.of(stage)), ReturnWhen.ALL_COMPLETED))
                        .done())
                .hasSize(1);
        for (Coroutine<Integer> next : asCompleted(wrapFutures(List.of(stage)))) {
            assertThat(run(next)).isEqualTo(5);
        }
    }

    @Test
    void a_stage_for_which_there_is_no_time_is_cancelled() {
        assertThatThrownBy(() -> run(waitFor(stage, ms(10)))).isInstanceOf(AsyncTimeoutException.class);
        turns(1);

        assertThat(stage).isCancelled();
    }

    @Test
    void cancelling_who_gathers_stages_cancels_them_and_a_shield_keeps_them() {
        CompletableFuture<Integer> other = new CompletableFuture<>();
        Future<List<Integer>> all = gather(stage, other);
        CompletableFuture<Integer> shielded = new CompletableFuture<>();
        Future<Integer> shield = shield(shielded);

        all.cancel();
        shield.cancel();

        assertThatThrownBy(() -> run(all)).isInstanceOf(CancelledError.class);
        turns(1);
        assertThat(stage).isCancelled();
        assertThat(other).isCancelled();
        assertThat(shielded).isNotDone();
        shielded.complete(1);
    }

    @Test
    void a_null_is_refused_by_name() {
        CompletionStage<Integer> nothing = null;

        assertThatThrownBy(() -> gather(nothing, sleep(ms(1), 1))).hasMessageContaining("got null");
        assertThatThrownBy(() -> wrapFuture(nothing)).hasMessageContaining("wrapFuture was given null");
        assertThatThrownBy(() -> shield(nothing)).hasMessageContaining("shield was given null");
        assertThatThrownBy(() -> shield((Coroutine<Integer>) null)).hasMessageContaining("shield was given null");
        assertThatThrownBy(() -> waitFor(nothing, ms(1))).isInstanceOf(NullPointerException.class);
    }

    // ------------------------------------------------------------------------------------------------ checked
    // exceptions

    @Test
    void a_checked_exception_that_no_signature_names_can_be_caught() {
        Future<Integer> failed = loop.createFuture();
        failed.setException(new IOException("disk"));
        try {
            mayThrow(IOException.class);
            mayThrow(TimeoutException.class);
            run(failed);
            trace.add("not reached");
        } catch (IOException e) {
            trace.add(e.getMessage());
        } catch (TimeoutException e) {
            trace.add("not this one");
        }
        assertThat(trace).containsExactly("disk");
    }
}
