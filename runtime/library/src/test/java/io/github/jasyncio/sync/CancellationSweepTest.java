package io.github.jasyncio.sync;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.gatherOutcomes;
import static io.github.jasyncio.Asyncio.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever is cancelled, and whenever: the others get what they wait for, and nothing is lost.
 *
 * <p>Tries every pair of cancellations of four workers in the first turns of a program; then some of them on loops with a shuffled ready queue.
 */
class CancellationSweepTest {

    private static final int WORKERS = 4;
    private static final int TURNS = 10;
    private static final int SHUFFLES = 20;

    /** In virtual time: a worker that nobody wakes fails the test. */
    private static final Duration FOR_EVER = Duration.ofHours(1);

    /** Workers that compete for something. Each is cancelled or does its work once. */
    private abstract static class Scenario {

        /** The workers that got what they wanted. */
        final List<Integer> served = new ArrayList<>();

        abstract Coroutine<Void> work(int worker);

        /** Called before each of the first turns. */
        void step(int turn) {}

        /** Runs beside the workers and is not cancelled. */
        Coroutine<Void> serve() {
            return Coroutine.done();
        }

        /** Ends what the cancelled ones left undone. */
        Coroutine<Void> finish() {
            return Coroutine.done();
        }

        /** What must hold in the end. */
        abstract void verify();
    }

    private record Cancellation(int worker, int turn) {}

    static Stream<Named<Supplier<Scenario>>> scenarios() {
        return Stream.of(
                Named.of("Lock", LockScenario::new),
                Named.of("Semaphore", SemaphoreScenario::new),
                Named.of("Condition", ConditionScenario::new),
                Named.of("Event", EventScenario::new),
                Named.of("Barrier", BarrierScenario::new),
                Named.of("Queue.get", GetScenario::new),
                Named.of("Queue.put", PutScenario::new),
                Named.of("Queue.shutdown", ShutdownScenario::new));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void two_cancellations_at_any_moment_hurt_nobody_else(Supplier<Scenario> scenario) {
        List<Cancellation> all = new ArrayList<>();
        for (int worker = 0; worker < WORKERS; worker++) {
            for (int turn = 0; turn < TURNS; turn++) {
                all.add(new Cancellation(worker, turn));
            }
        }
        for (int one = 0; one < all.size(); one++) {
            for (int other = one; other < all.size(); other++) {
                run(scenario.get(), EventLoop.builder().virtualTime().build(), List.of(all.get(one), all.get(other)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void nor_do_they_when_the_loop_shuffles_its_queue(Supplier<Scenario> scenario) {
        for (int turn = 0; turn < TURNS; turn++) {
            for (int seed = 0; seed < SHUFFLES; seed++) {
                run(
                        scenario.get(),
                        EventLoop.builder().virtualTime().shuffle(seed).build(),
                        List.of(new Cancellation(seed % WORKERS, turn), new Cancellation(2, TURNS - turn)));
            }
        }
    }

    private static void run(Scenario scenario, EventLoop loop, List<Cancellation> cancellations) {
        try {
            loop.runUntilComplete(main(scenario, cancellations));
            scenario.verify();
        } catch (Throwable failure) {
            throw new AssertionError("with " + cancellations + ", served " + scenario.served + ": " + failure, failure);
        } finally {
            loop.close();
        }
    }

    @Async
    private static Coroutine<Void> main(Scenario scenario, List<Cancellation> cancellations) {
        List<Task<Void>> workers = new ArrayList<>();
        for (int worker = 0; worker < WORKERS; worker++) {
            workers.add(createTask(scenario.work(worker), "worker " + worker));
        }
        Task<Void> server = createTask(scenario.serve());
        for (int turn = 0; turn <= TURNS; turn++) {
            for (Cancellation cancellation : cancellations) {
                if (cancellation.turn == turn) {
                    workers.get(cancellation.worker).cancel();
                }
            }
            scenario.step(turn);
            await(LoopTest.turn());
        }
        await(waitFor(server, FOR_EVER));
        await(waitFor(scenario.finish(), FOR_EVER));
        await(waitFor(gatherOutcomes(workers), FOR_EVER));
        for (int worker = 0; worker < WORKERS; worker++) {
            verifyWorker(worker, workers.get(worker), scenario, cancellations);
        }
        return Coroutine.done();
    }

    private static void verifyWorker(int worker, Task<Void> task, Scenario scenario, List<Cancellation> cancellations) {
        if (task.isCancelled()) {
            assertThat(cancellations).extracting(Cancellation::worker).contains(worker);
        } else {
            assertThat(task.exception()).isNull();
            assertThat(scenario.served).containsOnlyOnce(worker);
        }
    }

    private static final class LockScenario extends Scenario {

        private final Lock lock = new Lock();
        private int inside;

        @Async
        @Override
        Coroutine<Void> work(int worker) {
            await(lock.acquire());
            try {
                assertThat(++inside).isEqualTo(1);
                await(LoopTest.turn());
                served.add(worker);
            } finally {
                inside--;
                lock.release();
            }
            return Coroutine.done();
        }

        @Override
        void verify() {
            assertThat(lock).hasToString("<Lock [unlocked]>");
        }
    }

    private static final class SemaphoreScenario extends Scenario {

        private final BoundedSemaphore semaphore = new BoundedSemaphore(2);
        private int inside;

        @Async
        @Override
        Coroutine<Void> work(int worker) {
            await(semaphore.acquire());
            try {
                assertThat(++inside).isLessThanOrEqualTo(2);
                await(LoopTest.turn());
                await(LoopTest.turn());
                served.add(worker);
            } finally {
                inside--;
                semaphore.release();
            }
            return Coroutine.done();
        }

        @Override
        void verify() {
            assertThat(semaphore).hasToString("<BoundedSemaphore [unlocked, value:2]>");
        }
    }

    /** A token for each worker; each is announced to one. */
    private static final class ConditionScenario extends Scenario {

        private final Condition condition = new Condition();
        private int tokens;

        @Async
        @Override
        Coroutine<Void> work(int worker) {
            await(condition.acquire());
            try {
                await(condition.waitFor(() -> tokens > 0));
                tokens--;
                served.add(worker);
            } finally {
                assertThat(condition.isLocked()).isTrue();
                condition.release();
            }
            return Coroutine.done();
        }

        @Async
        @Override
        Coroutine<Void> serve() {
            for (int i = 0; i < WORKERS; i++) {
                await(condition.acquire());
                try {
                    tokens++;
                    condition.notify(1);
                    await(LoopTest.turn());
                } finally {
                    condition.release();
                }
            }
            return Coroutine.done();
        }

        @Override
        void verify() {
            assertThat(condition).hasToString("<Condition [unlocked]>");
            assertThat(tokens + served.size()).isEqualTo(WORKERS);
        }
    }

    private static final class EventScenario extends Scenario {

        private final Event event = new Event();

        @Async
        @Override
        Coroutine<Void> work(int worker) {
            await(event.waitOn());
            served.add(worker);
            return Coroutine.done();
        }

        @Override
        void step(int turn) {
            if (turn == 4) {
                event.set();
                event.clear();
            }
        }

        @Override
        void verify() {
            assertThat(event).hasToString("<Event [unset]>");
        }
    }

    /** Two rounds of two, if nobody is cancelled; whom the cancelled ones leave alone is helped out in the end. */
    private static final class BarrierScenario extends Scenario {

        private final Barrier barrier = new Barrier(2);

        @Async
        @Override
        Coroutine<Void> work(int worker) {
            for (int i = 0; i < worker; i++) {
                await(LoopTest.turn());
            }
            await(barrier.waitOn());
            served.add(worker);
            return Coroutine.done();
        }

        @Async
        @Override
        Coroutine<Void> finish() {
            if (barrier.nWaiting() == 1) {
                await(barrier.waitOn());
            }
            return Coroutine.done();
        }

        @Override
        void verify() {
            assertThat(barrier).hasToString("<Barrier [filling, waiters:0/2]>");
        }
    }

    /** An item for each worker; what the cancelled ones do not take stays in. */
    private static final class GetScenario extends Scenario {

        private final Queue<String> queue = new Queue<>();
        private final List<String> taken = new ArrayList<>();

        @Async
        @Override
        Coroutine<Void> work(int worker) {
            taken.add(await(queue.get()));
            served.add(worker);
            return Coroutine.done();
        }

        @Override
        void step(int turn) {
            if (turn % 2 == 1 && turn < 2 * WORKERS) {
                queue.putNowait("item " + turn);
            }
        }

        @Override
        void verify() {
            while (!queue.isEmpty()) {
                taken.add(queue.getNowait());
            }
            assertThat(taken).containsExactly("item 1", "item 3", "item 5", "item 7");
            assertThat(queue).hasToString("<Queue maxsize=0 tasks=4>");
        }
    }

    /** Room for one item; what is put in is taken out now and then, and in the end. */
    private static final class PutScenario extends Scenario {

        private final Queue<Integer> queue = new Queue<>(1);
        private final List<Integer> taken = new ArrayList<>();

        @Async
        @Override
        Coroutine<Void> work(int worker) {
            await(queue.put(worker));
            served.add(worker);
            return Coroutine.done();
        }

        @Override
        void step(int turn) {
            if (turn % 3 == 2 && !queue.isEmpty()) {
                taken.add(queue.getNowait());
            }
        }

        @Async
        @Override
        Coroutine<Void> finish() {
            while (!queue.isEmpty()) {
                taken.add(queue.getNowait());
                await(LoopTest.turn());
                await(LoopTest.turn());
            }
            return Coroutine.done();
        }

        @Override
        void verify() {
            assertThat(taken).containsExactlyInAnyOrderElementsOf(served);
            assertThat(queue.toString()).doesNotContain("putters");
        }
    }

    /** Two who get and two who put; the queue is shut down in between. */
    private static final class ShutdownScenario extends Scenario {

        private final Queue<Integer> full = new Queue<>(1);
        private final Queue<Integer> empty = new Queue<>(1);

        ShutdownScenario() {
            full.putNowait(1);
        }

        @Async
        @Override
        Coroutine<Void> work(int worker) {
            try {
                if (worker % 2 == 0) {
                    await(full.put(2));
                } else {
                    await(empty.get());
                }
            } catch (QueueShutDownException e) {
                served.add(worker);
            }
            return Coroutine.done();
        }

        @Override
        void step(int turn) {
            if (turn == 4) {
                full.shutdown();
                empty.shutdown();
            }
        }

        @Override
        void verify() {
            assertThat(full).hasToString("<Queue maxsize=1 _queue=[1] tasks=1 shutdown>");
            assertThat(empty).hasToString("<Queue maxsize=1 shutdown>");
        }
    }
}
