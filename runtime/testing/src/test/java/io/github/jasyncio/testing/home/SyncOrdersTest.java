package io.github.jasyncio.testing.home;

import static io.github.jasyncio.Asyncio.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import io.github.jasyncio.sync.Barrier;
import io.github.jasyncio.sync.BoundedSemaphore;
import io.github.jasyncio.sync.BrokenBarrierException;
import io.github.jasyncio.sync.Condition;
import io.github.jasyncio.sync.Event;
import io.github.jasyncio.sync.LifoQueue;
import io.github.jasyncio.sync.Lock;
import io.github.jasyncio.sync.PriorityQueue;
import io.github.jasyncio.sync.Queue;
import io.github.jasyncio.sync.QueueShutDownException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Locks, semaphores, conditions, barriers, events and queues: what they promise holds in every order, whoever is cancelled when. */
class SyncOrdersTest {

    /** Counts who is inside. */
    private static final class Room {

        private final int capacity;
        private int inside;

        Room(int capacity) {
            this.capacity = capacity;
        }

        void enter() {
            inside++;
            assertThat(inside).as("inside at the same time").isLessThanOrEqualTo(capacity);
        }

        void leave() {
            inside--;
        }
    }

    /** Who came first is served first, but for those who gave up. */
    private static final class Line {

        private int last;
        private int served;

        int ticket() {
            return ++last;
        }

        void serve(int ticket) {
            assertThat(ticket).as("ticket, after number " + served).isGreaterThan(served);
            served = ticket;
        }
    }

    // ------------------------------------------------------------------------------------------------ locks

    @Test
    void a_lock_lets_in_one_at_a_time_in_the_order_of_coming_and_forgets_nobody() {
        Explored.all((program, network) -> lock(program));
    }

    @Async
    private static Coroutine<Void> lock(long program) {
        Lock lock = new Lock();
        Room room = new Room(1);
        Line line = new Line();
        Actors actors = new Actors(program);
        for (int i = 0; i < 4; i++) {
            actors.startCancellable("locker " + i, locker(lock, room, line, Dice.of(program, i)));
        }
        await(actors.end());

        assertThat(lock.isLocked()).isFalse();
        assertThat(lock).hasToString("<Lock [unlocked]>");
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> locker(Lock lock, Room room, Line line, Dice dice) {
        for (int rounds = dice.oneTo(3); rounds > 0; rounds--) {
            await(dice.pause());
            int ticket = line.ticket();
            if (dice.oneIn(4)) {
                try {
                    await(waitFor(lock.acquire(), Duration.ofMillis(dice.below(2))));
                } catch (AsyncTimeoutException e) {
                    continue;
                }
            } else {
                await(lock.acquire());
            }
            try {
                line.serve(ticket);
                room.enter();
                try {
                    await(dice.pause());
                    if (dice.oneIn(5)) {
                        await(sleep(Duration.ofMillis(1)));
                    }
                } finally {
                    room.leave();
                }
            } finally {
                lock.release();
            }
        }
        return Coroutine.done();
    }

    @Test
    void a_semaphore_lets_in_as_many_as_it_has_permits_and_loses_none() {
        Explored.all((program, network) -> semaphore(program));
    }

    @Async
    private static Coroutine<Void> semaphore(long program) {
        int permits = 1 + (int) (program % 3);
        BoundedSemaphore semaphore = new BoundedSemaphore(permits);
        Room room = new Room(permits);
        Actors actors = new Actors(program);
        for (int i = 0; i < 5; i++) {
            actors.startCancellable("worker " + i, permitted(semaphore, room, Dice.of(program, i)));
        }
        await(actors.end());

        assertThat(semaphore).hasToString("<BoundedSemaphore [unlocked, value:" + permits + "]>");
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> permitted(BoundedSemaphore semaphore, Room room, Dice dice) {
        for (int rounds = dice.oneTo(3); rounds > 0; rounds--) {
            await(dice.pause());
            try {
                await(waitFor(
                        semaphore.acquire(), dice.oneIn(4) ? Duration.ofMillis(dice.below(2)) : Duration.ofDays(1)));
            } catch (AsyncTimeoutException e) {
                continue;
            }
            try {
                room.enter();
                try {
                    await(dice.pause());
                } finally {
                    room.leave();
                }
            } finally {
                semaphore.release();
            }
        }
        return Coroutine.done();
    }

    // ------------------------------------------------------------------------------------------------ conditions

    @Test
    void a_condition_tells_somebody_else_when_the_one_who_was_told_has_given_up() {
        Explored.all((program, network) -> condition(program));
    }

    /** Something of which there are so many, taken with the lock held. */
    private static final class Stock {

        private final Condition condition = new Condition();
        private final Room room = new Room(1);
        private int items;
        private int taken;

        @Async
        Coroutine<Void> take(Dice dice) {
            await(dice.pause());
            await(condition.acquire());
            try {
                room.enter();
                try {
                    while (items == 0) {
                        room.leave();
                        try {
                            await(condition.waitOn());
                        } finally {
                            room.enter();
                        }
                    }
                    items--;
                    taken++;
                    if (dice.oneIn(3)) {
                        await(dice.pause());
                    }
                } finally {
                    room.leave();
                }
            } finally {
                condition.release();
            }
            return Coroutine.done();
        }

        @Async
        Coroutine<Void> bring(int count, Dice dice) {
            for (int left = count; left > 0; left--) {
                await(dice.pause());
                await(condition.acquire());
                try {
                    room.enter();
                    items++;
                    condition.notify(1);
                    await(dice.pause());
                    room.leave();
                } finally {
                    condition.release();
                }
            }
            return Coroutine.done();
        }
    }

    @Async
    private static Coroutine<Void> condition(long program) {
        Stock stock = new Stock();
        Actors actors = new Actors(program);
        List<Task<Void>> takers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            takers.add(actors.startCancellable("taker " + i, stock.take(Dice.of(program, i))));
        }
        actors.start("bringer", stock.bring(1, Dice.of(program, 10)));
        actors.start("other bringer", stock.bring(1, Dice.of(program, 11)));
        actors.start("inspector", inspector(stock, takers));
        await(actors.end());

        assertThat(stock.items + stock.taken).isEqualTo(2);
        assertThat(stock.condition).hasToString("<Condition [unlocked]>");
        return Coroutine.done();
    }

    /** When nothing goes on any more nobody may still wait for what is there. */
    @Async
    private static Coroutine<Void> inspector(Stock stock, List<Task<Void>> takers) {
        await(sleep(Duration.ofMillis(1)));
        if (stock.items > 0) {
            assertThat(takers).as("while there is something to take").allMatch(Task::isDone);
        }
        takers.forEach(Task::cancel);
        return Coroutine.done();
    }

    @Test
    void an_event_wakes_all_who_waited_when_it_was_set_though_it_is_cleared_at_once() {
        Explored.all((program, network) -> event(program));
    }

    @Async
    private static Coroutine<Void> event(long program) {
        Event event = new Event();
        Actors actors = new Actors(program);
        for (int i = 0; i < 3; i++) {
            actors.startCancellable("waiter " + i, waiter(event));
        }
        actors.start("setter", setter(event, Dice.of(program, 10)));
        await(actors.end());

        assertThat(event).hasToString("<Event [set]>");
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> waiter(Event event) {
        await(event.waitOn());
        await(event.waitOn());
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> setter(Event event, Dice dice) {
        for (int times = 0; times < 3; times++) {
            await(dice.pause());
            event.set();
            event.clear();
        }
        event.set();
        return Coroutine.done();
    }

    // ------------------------------------------------------------------------------------------------ barriers

    @Test
    void a_barrier_lets_parties_through_together_each_with_a_number_of_its_own() {
        Explored.all((program, network) -> barrier(program));
    }

    @Async
    private static Coroutine<Void> barrier(long program) {
        int parties = 2 + (int) (program % 2);
        Barrier barrier = new Barrier(parties);
        Map<Integer, Integer> passed = new HashMap<>();
        Actors actors = new Actors(program);
        for (int i = 0; i < parties; i++) {
            actors.start("party " + i, party(barrier, passed, Dice.of(program, i)));
        }
        await(actors.end());

        assertThat(passed)
                .hasSize(parties)
                .allSatisfy((number, times) -> assertThat(times).isEqualTo(4));
        assertThat(barrier).hasToString("<Barrier [filling, waiters:0/" + parties + "]>");
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> party(Barrier barrier, Map<Integer, Integer> passed, Dice dice) {
        for (int rounds = 4; rounds > 0; rounds--) {
            await(dice.pause());
            passed.merge(await(barrier.waitOn()), 1, Integer::sum);
        }
        return Coroutine.done();
    }

    @Test
    void whoever_is_cancelled_at_a_barrier_or_meets_a_reset_or_abort_holds_up_nobody_for_ever() {
        Explored.all((program, network) -> brokenBarrier(program));
    }

    @Async
    private static Coroutine<Void> brokenBarrier(long program) {
        Barrier barrier = new Barrier(2);
        Actors actors = new Actors(program);
        for (int i = 0; i < 4; i++) {
            actors.startCancellable("party " + i, brave(barrier, Dice.of(program, i)));
        }
        actors.start("breaker", breaker(barrier, Dice.of(program, 10)));
        await(actors.end());
        await(barrier.reset());

        assertThat(barrier).hasToString("<Barrier [filling, waiters:0/2]>");
        await(gather(barrier.waitOn(), barrier.waitOn()));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> brave(Barrier barrier, Dice dice) {
        for (int rounds = 2; rounds > 0; rounds--) {
            await(dice.pause());
            try {
                await(barrier.waitOn());
            } catch (BrokenBarrierException e) {
                await(dice.pause());
            }
        }
        return Coroutine.done();
    }

    /** Resets and aborts, and in the end leaves it broken, so that nobody waits for others who have gone. */
    @Async
    private static Coroutine<Void> breaker(Barrier barrier, Dice dice) {
        for (int times = dice.below(3); times > 0; times--) {
            await(dice.pause());
            await(dice.oneIn(2) ? barrier.reset() : barrier.abort());
        }
        await(sleep(Duration.ofMillis(1)));
        await(barrier.abort());
        return Coroutine.done();
    }

    // ------------------------------------------------------------------------------------------------ queues

    @Test
    void what_is_put_into_a_queue_is_got_once() {
        Explored.all((program, network) -> queue(program, new Queue<>((int) (program % 3)), true));
        Explored.all((program, network) -> queue(program, new LifoQueue<>((int) (program % 3)), false));
        Explored.all((program, network) -> queue(program, new PriorityQueue<>((int) (program % 3)), false));
    }

    /** What went in, and what came out. */
    private record Books(List<Integer> put, List<Integer> got) {}

    @Async
    private static Coroutine<Void> queue(long program, Queue<Integer> queue, boolean isFifo) {
        Books books = new Books(new ArrayList<>(), new ArrayList<>());
        Actors actors = new Actors(program);
        for (int i = 0; i < 2; i++) {
            actors.startCancellable("putter " + i, putter(queue, i, books, Dice.of(program, i)));
        }
        actors.start("steady putter", putter(queue, 2, books, Dice.of(program, 2)));
        List<Task<Void>> getters = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            getters.add(actors.startCancellable("getter " + i, getter(queue, books, Dice.of(program, 10 + i))));
        }
        actors.start("closer", closer(queue, getters, books));
        await(actors.end());

        assertThat(books.got).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(books.put);
        if (isFifo) {
            assertThat(books.got).isEqualTo(books.put);
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> putter(Queue<Integer> queue, int number, Books books, Dice dice) {
        for (int i = 0; i < 3; i++) {
            await(dice.pause());
            int item = number * 10 + i;
            await(queue.put(item));
            books.put.add(item); // nobody has run since it was put in
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> getter(Queue<Integer> queue, Books books, Dice dice) {
        while (true) {
            int item;
            try {
                item = await(queue.get());
            } catch (QueueShutDownException e) {
                return Coroutine.done();
            }
            books.got.add(item);
            try {
                await(dice.pause());
            } finally {
                queue.taskDone();
            }
        }
    }

    /** When nothing goes on any more: takes what nobody is left to take, sees that all was done, and sends everybody home. */
    @Async
    private static Coroutine<Void> closer(Queue<Integer> queue, List<Task<Void>> getters, Books books) {
        await(sleep(Duration.ofMillis(1)));
        while (getters.stream().allMatch(Task::isDone) && !queue.isEmpty()) {
            books.got.add(queue.getNowait());
            queue.taskDone();
            await(sleep(Duration.ofMillis(1))); // those who wait to put
        }
        await(queue.join());
        queue.shutdown();
        return Coroutine.done();
    }

    @Test
    void a_queue_that_is_shut_down_lets_nobody_wait() {
        Explored.all((program, network) -> shutdown(program));
    }

    @Async
    private static Coroutine<Void> shutdown(long program) {
        Queue<Integer> queue = new Queue<>(1);
        Books books = new Books(new ArrayList<>(), new ArrayList<>());
        Actors actors = new Actors(program);
        for (int i = 0; i < 2; i++) {
            actors.startCancellable("putter " + i, untilShutDown(queue, i, books, Dice.of(program, i)));
            actors.startCancellable("getter " + i, getter(queue, books, Dice.of(program, 10 + i)));
        }
        actors.start("closer", shutsDown(queue, Dice.of(program, 20)));
        await(actors.end());
        List<Integer> left = new ArrayList<>(books.put);
        left.removeAll(books.got);

        assertThat(books.put).containsAll(books.got);
        assertThat(left.size()).as("what is left: " + left).isLessThanOrEqualTo(program % 2 == 0 ? 2 : 1);
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> untilShutDown(Queue<Integer> queue, int number, Books books, Dice dice) {
        try {
            await(putter(queue, number, books, dice));
        } catch (QueueShutDownException e) {
            // That is what it was for.
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> shutsDown(Queue<Integer> queue, Dice dice) {
        await(dice.pause());
        await(dice.pause());
        queue.shutdown(dice.oneIn(2));
        return Coroutine.done();
    }
}
