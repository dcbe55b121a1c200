package io.github.jasyncio.testing.home;

import static io.github.jasyncio.Asyncio.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.ExceptionGroup;
import io.github.jasyncio.Outcome;
import io.github.jasyncio.ReturnWhen;
import io.github.jasyncio.Task;
import io.github.jasyncio.TaskGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Task groups, timeouts, gathers and shields: nobody outlives his group, no failure and no cancellation gets lost, in every order. */
class TaskGroupOrdersTest {

    /** What happened in one run. */
    private static final class Log {

        private final List<Task<?>> members = new ArrayList<>();
        private final List<IllegalStateException> thrown = new ArrayList<>();
    }

    @Test
    void nobody_outlives_his_group_and_all_that_failed_is_told() {
        Explored.all((program, network) -> groups(program));
    }

    @Async
    private static Coroutine<Void> groups(long program) {
        Log log = new Log();
        Actors actors = new Actors(program);
        for (int i = 0; i < 2; i++) {
            actors.startCancellable("owner " + i, owner(Dice.of(program, i), log));
        }
        await(actors.end());

        assertThat(log.members).allMatch(Task::isDone);
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> owner(Dice dice, Log log) {
        Log own = new Log();
        try {
            await(group(dice, own, 2));
            assertThat(own.thrown).isEmpty();
        } catch (ExceptionGroup e) {
            assertThat(leaves(e)).containsExactlyInAnyOrderElementsOf(own.thrown);
        } catch (CancelledError e) {
            assertThat(cancelling()).as("cancelled by somebody").isPositive();
            throw e;
        } finally {
            assertThat(own.members).allMatch(Task::isDone);
            log.members.addAll(own.members);
        }
        return Coroutine.done();
    }

    /** How often somebody has asked the running task to end, and has not taken it back. */
    private static int cancelling() {
        Task<?> task = currentTask();
        return task == null ? 0 : task.cancelling();
    }

    private static Set<Throwable> leaves(ExceptionGroup group) {
        Set<Throwable> leaves = new LinkedHashSet<>();
        for (Throwable one : group.exceptions()) {
            if (one instanceof ExceptionGroup inner) {
                leaves.addAll(leaves(inner));
            } else {
                leaves.add(one);
            }
        }
        return leaves;
    }

    @Async
    private static Coroutine<Void> group(Dice dice, Log log, int depth) {
        return Coroutine.of(await(taskGroup(group -> body(group, dice, log, depth))));
    }

    @Async
    private static Coroutine<Void> body(TaskGroup group, Dice dice, Log log, int depth) {
        for (int members = dice.oneTo(3); members > 0; members--) {
            boolean isGroup = depth > 0 && dice.oneIn(3);
            Task<Void> member =
                    group.createTask(isGroup ? group(dice, log, depth - 1) : member(dice.below(4), dice.below(3), log));
            log.members.add(member);
            await(dice.pause());
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> member(int kind, int turns, Log log) {
        try {
            for (int i = 0; i < turns; i++) {
                await(sleep(Duration.ZERO));
            }
            if (kind == 0) {
                throw thrown(log);
            }
            if (kind == 1) {
                await(sleep(Duration.ofMillis(1)));
            }
        } finally {
            if (kind == 2) {
                await(sleep(Duration.ZERO)); // takes its time to tidy up
            }
        }
        return Coroutine.done();
    }

    private static IllegalStateException thrown(Log log) {
        IllegalStateException failure = new IllegalStateException("number " + log.thrown.size());
        log.thrown.add(failure);
        return failure;
    }

    // ------------------------------------------------------------------------------------------------ timeouts

    @Test
    void a_timeout_and_a_cancellation_are_told_apart_whoever_comes_first() {
        Explored.all((program, network) -> timeouts(program));
    }

    @Async
    private static Coroutine<Void> timeouts(long program) {
        Actors actors = new Actors(program);
        for (int i = 0; i < 3; i++) {
            actors.startCancellable("impatient " + i, impatient(Dice.of(program, i)));
        }
        await(actors.end());
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> impatient(Dice dice) {
        Duration inner = Duration.ofMillis(dice.below(3));
        Duration outer = Duration.ofMillis(dice.below(3));
        Duration work = Duration.ofMillis(dice.below(3));
        try {
            await(timeout(outer, out -> twice(inner, work)));
        } catch (AsyncTimeoutException e) {
            assertThat(outer.compareTo(work) <= 0 || inner.compareTo(work) <= 0)
                    .as("a timeout of " + outer + " or " + inner + " for " + work)
                    .isTrue();
        } catch (CancelledError e) {
            assertThat(cancelling()).as("cancelled by somebody").isPositive();
            throw e;
        }
        assertThat(cancelling())
                .as("what a timeout has cancelled is taken back")
                .isZero();
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> twice(Duration limit, Duration work) {
        return Coroutine.of(await(waitFor(sleep(work), limit)));
    }

    // ------------------------------------------------------------------------------------------------ gather, waitOn,
    // shield

    @Test
    void gathers_waits_and_shields_give_what_their_tasks_came_to() {
        Explored.all((program, network) -> gatherings(program));
    }

    @Async
    private static Coroutine<Void> gatherings(long program) {
        Log log = new Log();
        Actors actors = new Actors(program);
        actors.startCancellable("gatherer", gatherer(Dice.of(program, 0), log));
        actors.startCancellable("outcomes", outcomes(Dice.of(program, 1), log));
        actors.startCancellable("waiter", waiter(Dice.of(program, 2), log));
        actors.startCancellable("shielder", shielder(Dice.of(program, 3), log));
        await(actors.end());
        await(gatherOutcomes(log.members)); // whom a shield has kept
        return Coroutine.done();
    }

    private static List<Task<Void>> some(Dice dice, Log log) {
        List<Task<Void>> some = new ArrayList<>();
        for (int i = dice.oneTo(3); i > 0; i--) {
            some.add(createTask(member(dice.below(4), dice.below(3), log)));
        }
        log.members.addAll(some);
        return some;
    }

    @Async
    private static Coroutine<Void> gatherer(Dice dice, Log log) {
        List<Task<Void>> some = some(dice, log);
        try {
            await(gather(some));
            assertThat(some).allMatch(task -> task.isDone() && !task.isCancelled() && task.exception() == null);
        } catch (IllegalStateException e) {
            assertThat(some).anyMatch(task -> task.isDone() && !task.isCancelled() && task.exception() == e);
        }
        await(gatherOutcomes(some));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> outcomes(Dice dice, Log log) {
        List<Task<Void>> some = some(dice, log);
        List<Outcome<Void>> outcomes = await(gatherOutcomes(some));
        for (int i = 0; i < some.size(); i++) {
            Throwable failure = some.get(i).exception();
            assertThat(outcomes.get(i) instanceof Outcome.Failure<Void> failed ? failed.error() : null)
                    .isSameAs(failure);
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> waiter(Dice dice, Log log) {
        List<Task<Void>> some = some(dice, log);
        var result = await(waitOn(some, ReturnWhen.FIRST_COMPLETED, Duration.ofMillis(dice.below(2))));
        assertThat(result.done()).allMatch(done -> done.isDone());
        assertThat(result.done().size() + result.pending().size()).isEqualTo(some.size());
        await(gatherOutcomes(some));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> shielder(Dice dice, Log log) {
        Task<Void> kept = createTask(member(dice.below(4), dice.below(3), log));
        log.members.add(kept);
        try {
            await(shield(kept));
            assertThat(kept.isDone()).isTrue();
        } catch (IllegalStateException e) {
            assertThat(kept.exception()).isSameAs(e);
        } catch (CancelledError e) {
            assertThat(kept.isCancelled())
                    .as("what is shielded is cancelled, too")
                    .isFalse();
            throw e;
        }
        return Coroutine.done();
    }
}
