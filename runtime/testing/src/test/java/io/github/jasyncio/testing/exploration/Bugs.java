package io.github.jasyncio.testing.exploration;

import static io.github.jasyncio.Asyncio.*;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCallable;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.ContextVar;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.ReturnWhen;
import io.github.jasyncio.Task;
import io.github.jasyncio.sync.Condition;
import io.github.jasyncio.sync.Event;
import io.github.jasyncio.sync.Lock;
import io.github.jasyncio.sync.Queue;
import io.github.jasyncio.sync.Semaphore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Programs with one bug of order each, which asyncio's own order does not always show, and what they should have been. Each call of one begins with a state
 * of its own.
 */
final class Bugs {

    private Bugs() {}

    /** A program, wrong and right. */
    record Pair(AsyncCallable<Void> wrong, AsyncCallable<Void> right) {}

    /** All pairs by name. */
    static Map<String, Pair> all() {
        Map<String, Pair> pairs = new LinkedHashMap<>();
        pairs.put("check then act: an account is overdrawn", new Pair(() -> withdraw(false), () -> withdraw(true)));
        pairs.put("read, await, write: an update is lost", new Pair(() -> increment(false), () -> increment(true)));
        pairs.put("a cache loads twice", new Pair(() -> cache(false), () -> cache(true)));
        pairs.put("a lazy resource is opened twice", new Pair(() -> open(false), () -> open(true)));
        pairs.put("a wake-up is lost before the wait", new Pair(() -> lostWakeup(false), () -> lostWakeup(true)));
        pairs.put("a condition is waited for with if", new Pair(() -> ifNotWhile(false), () -> ifNotWhile(true)));
        pairs.put("one is notified where all should be", new Pair(() -> notifyOne(false), () -> notifyOne(true)));
        pairs.put("locks in opposite orders", new Pair(() -> lockOrder(false), () -> lockOrder(true)));
        pairs.put("three philosophers", new Pair(() -> philosophers(false), () -> philosophers(true)));
        pairs.put(
                "a lock is lost by a cancellation before try",
                new Pair(() -> acquireTry(false), () -> acquireTry(true)));
        pairs.put("a permit is given back twice", new Pair(() -> doubleRelease(false), () -> doubleRelease(true)));
        pairs.put("a timeout wins too late", new Pair(() -> lateTimeout(false), () -> lateTimeout(true)));
        pairs.put("an item is lost by a timeout", new Pair(() -> lostItem(false), () -> lostItem(true)));
        pairs.put("a sibling outlives its group", new Pair(() -> sibling(false), () -> sibling(true)));
        pairs.put("a list is shared in gather", new Pair(() -> sharedList(false), () -> sharedList(true)));
        pairs.put("a map changes while it is walked", new Pair(() -> walkedMap(false), () -> walkedMap(true)));
        pairs.put("results are taken for ordered", new Pair(() -> ordered(false), () -> ordered(true)));
        pairs.put("the first answer is not the best", new Pair(() -> firstAnswer(false), () -> firstAnswer(true)));
        pairs.put(
                "an event is cleared by the wrong one", new Pair(() -> clearedEvent(false), () -> clearedEvent(true)));
        pairs.put("a queue is read beyond its end", new Pair(() -> queueEnd(false), () -> queueEnd(true)));
        pairs.put("join returns before the work is done", new Pair(() -> join(false), () -> join(true)));
        pairs.put("start is told before it is true", new Pair(() -> started(false), () -> started(true)));
        pairs.put("a stop flag is overwritten", new Pair(() -> stopFlag(false), () -> stopFlag(true)));
        pairs.put("a future is set twice", new Pair(() -> setTwice(false), () -> setTwice(true)));
        pairs.put("a request id is reused", new Pair(() -> requestIds(false), () -> requestIds(true)));
        pairs.put("a stale answer overwrites a newer one", new Pair(() -> stale(false), () -> stale(true)));
        pairs.put("a limit is checked before the wait", new Pair(() -> limit(false), () -> limit(true)));
        pairs.put("a writer gets in between two reads", new Pair(() -> tornRead(false), () -> tornRead(true)));
        pairs.put("cleaning up takes another's entry", new Pair(() -> cleanup(false), () -> cleanup(true)));
        pairs.put("a cancelled task has still committed", new Pair(() -> commit(false), () -> commit(true)));
        pairs.put("a reader misses the last message", new Pair(() -> lastMessage(false), () -> lastMessage(true)));
        pairs.put(
                "a thread's result comes at a bad time", new Pair(() -> threadResult(false), () -> threadResult(true)));
        pairs.put(
                "the last of equal timers is taken for the end",
                new Pair(() -> equalTimers(false), () -> equalTimers(true)));
        pairs.put(
                "a variable of the class stands for one of the context",
                new Pair(() -> current(false), () -> current(true)));
        return pairs;
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    private static final Duration MS = Duration.ofMillis(1);

    /** Something that takes as many turns as it is told: an answer from elsewhere. */
    @Async
    private static Coroutine<Void> turns(int n) {
        for (int i = 0; i < n; i++) {
            await(sleep(Duration.ZERO));
        }
        return Coroutine.done();
    }

    // ------------------------------------------------------------------------------------------------ check then act

    @Async
    private static Coroutine<Void> withdraw(boolean right) {
        int[] balance = {100};
        Lock lock = new Lock();
        AsyncCallable<Void> one = () -> {
            if (right) {
                await(lock.acquire());
            }
            try {
                if (balance[0] >= 60) {
                    await(turns(1));
                    balance[0] -= 60;
                }
            } finally {
                if (right) {
                    lock.release();
                }
            }
            return Coroutine.done();
        };
        AsyncCallable<Void> later = () -> {
            await(turns(3));
            await(one.call());
            return Coroutine.done();
        };
        await(gather(async(one), async(later)));
        check(balance[0] >= 0, "overdrawn: " + balance[0]);
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> increment(boolean right) {
        int[] count = {0};
        AsyncCallable<Void> first = () -> {
            int seen = count[0];
            await(turns(1));
            count[0] = (right ? count[0] : seen) + 1;
            return Coroutine.done();
        };
        AsyncCallable<Void> second = () -> {
            await(turns(2));
            count[0]++;
            return Coroutine.done();
        };
        await(gather(async(first), async(second)));
        check(count[0] == 2, "lost: " + count[0]);
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> cache(boolean right) {
        Map<String, Task<Integer>> tasks = new HashMap<>();
        Map<String, Integer> values = new HashMap<>();
        int[] loads = {0};
        AsyncCallable<Integer> load = () -> {
            loads[0]++;
            await(turns(2));
            return Coroutine.of(7);
        };
        AsyncCallable<Integer> get = () -> {
            if (right) {
                Task<Integer> task = tasks.computeIfAbsent("k", k -> createTask(async(load)));
                return Coroutine.of(await(task));
            }
            Integer known = values.get("k");
            if (known == null) {
                known = await(load.call());
                values.put("k", known);
            }
            return Coroutine.of(known);
        };
        AsyncCallable<Integer> getLater = () -> {
            await(turns(4));
            return Coroutine.of(await(get.call()));
        };
        await(gather(async(get), async(getLater)));
        check(loads[0] == 1, "loaded " + loads[0] + " times");
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> open(boolean right) {
        Object[] connection = {null};
        int[] opened = {0};
        Lock lock = new Lock();
        AsyncCallable<Void> use = () -> {
            await(turns(1));
            if (right) {
                await(lock.acquire());
            }
            try {
                if (connection[0] == null) {
                    Object made = new Object();
                    await(turns(1));
                    opened[0]++;
                    connection[0] = made;
                }
            } finally {
                if (right) {
                    lock.release();
                }
            }
            return Coroutine.done();
        };
        AsyncCallable<Void> useLater = () -> {
            await(turns(3));
            await(use.call());
            return Coroutine.done();
        };
        await(gather(async(use), async(useLater)));
        check(opened[0] == 1, "opened " + opened[0] + " times");
        return Coroutine.done();
    }

    // ------------------------------------------------------------------------------------------------ waiting

    @Async
    private static Coroutine<Void> lostWakeup(boolean right) {
        List<Future<Void>> waiting = new ArrayList<>();
        boolean[] isReady = {false};
        AsyncCallable<Void> waiter = () -> {
            if (!isReady[0]) {
                if (!right) {
                    await(turns(1)); // writes a line to a log, say
                }
                Future<Void> wakeup = getRunningLoop().createFuture();
                waiting.add(wakeup);
                await(wakeup);
            }
            return Coroutine.done();
        };
        AsyncCallable<Void> waker = () -> {
            await(turns(3));
            isReady[0] = true;
            waiting.forEach(wakeup -> wakeup.setResult(null));
            return Coroutine.done();
        };
        await(gather(async(waiter), async(waker)));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> ifNotWhile(boolean right) {
        Condition condition = new Condition();
        int[] items = {0};
        AsyncCallable<Void> consumer = () -> {
            await(condition.acquire());
            try {
                if (right) {
                    while (items[0] == 0) {
                        await(condition.waitOn());
                    }
                } else if (items[0] == 0) {
                    await(condition.waitOn());
                }
                check(items[0] > 0, "took what is not there");
                items[0]--;
            } finally {
                condition.release();
            }
            return Coroutine.done();
        };
        AsyncCallable<Void> late = () -> {
            await(turns(6));
            await(consumer.call());
            return Coroutine.done();
        };
        AsyncCallable<Void> producer = () -> {
            await(turns(1));
            for (int i = 0; i < 2; i++) {
                await(condition.acquire());
                items[0]++;
                condition.notify(1);
                condition.release();
                await(turns(8));
            }
            return Coroutine.done();
        };
        await(gather(async(consumer), async(late), async(producer)));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> notifyOne(boolean right) {
        Condition condition = new Condition();
        Set<String> arrived = new HashSet<>();
        AsyncCallable<Void> forA = () -> waitUntil(condition, arrived, "a");
        AsyncCallable<Void> forB = () -> waitUntil(condition, arrived, "b");
        AsyncCallable<Void> bringsA = () -> bring(condition, arrived, "a", 1, right);
        AsyncCallable<Void> bringsB = () -> bring(condition, arrived, "b", 3, right);
        await(gather(async(forA), async(forB), async(bringsA), async(bringsB)));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> waitUntil(Condition condition, Set<String> arrived, String what) {
        await(condition.acquire());
        try {
            while (!arrived.contains(what)) {
                await(condition.waitOn());
            }
        } finally {
            condition.release();
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> bring(
            Condition condition, Set<String> arrived, String what, int after, boolean toAll) {
        await(turns(after));
        await(condition.acquire());
        arrived.add(what);
        if (toAll) {
            condition.notifyAllWaiters();
        } else {
            condition.notify(1);
        }
        condition.release();
        return Coroutine.done();
    }

    // ------------------------------------------------------------------------------------------------ locks

    @Async
    private static Coroutine<Void> lockOrder(boolean right) {
        Lock one = new Lock();
        Lock two = new Lock();
        AsyncCallable<Void> forward = () -> both(one, two, 0);
        AsyncCallable<Void> backward = () -> right ? both(one, two, 3) : both(two, one, 3);
        await(gather(async(forward), async(backward)));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> both(Lock first, Lock second, int after) {
        await(turns(after));
        await(first.acquire());
        try {
            await(turns(1));
            await(second.acquire());
            second.release();
        } finally {
            first.release();
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> philosophers(boolean right) {
        Lock[] forks = {new Lock(), new Lock(), new Lock()};
        List<Coroutine<Void>> dinners = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int left = i;
            int rightHand = (i + 1) % 3;
            dinners.add(
                    right && rightHand < left
                            ? both(forks[rightHand], forks[left], 2 * i)
                            : both(forks[left], forks[rightHand], 2 * i));
        }
        await(gather(dinners));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> acquireTry(boolean right) {
        Lock lock = new Lock();
        AsyncCallable<Void> work = () -> {
            await(lock.acquire());
            if (!right) {
                await(turns(1));
            }
            try {
                await(turns(2));
            } finally {
                lock.release();
            }
            return Coroutine.done();
        };
        Task<Void> worker = createTask(async(work));
        await(turns(3));
        worker.cancel();
        try {
            await(worker);
        } catch (CancelledError e) {
            // as it should be
        }
        await(lock.acquire());
        lock.release();
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> doubleRelease(boolean right) {
        Semaphore semaphore = new Semaphore(1);
        int[] inside = {0};
        Event failed = new Event();
        AsyncCallable<Void> worker = () -> {
            await(semaphore.acquire());
            boolean isHeld = true;
            try {
                inside[0]++;
                check(inside[0] == 1, "two at once");
                await(turns(1));
                inside[0]--;
                if (failed.isSet()) {
                    semaphore.release();
                    isHeld = false;
                }
            } finally {
                if (isHeld || !right) {
                    semaphore.release();
                }
            }
            return Coroutine.done();
        };
        AsyncCallable<Void> failure = () -> {
            await(turns(7));
            failed.set();
            return Coroutine.done();
        };
        await(gather(async(failure), async(worker), async(worker), async(worker)));
        return Coroutine.done();
    }

    // ------------------------------------------------------------------------------------------------ timeouts,
    // cancellations

    @Async
    private static Coroutine<Void> lateTimeout(boolean right) {
        String[] state = {"open"};
        AsyncCallable<Void> answer = () -> {
            await(sleep(MS.multipliedBy(10)));
            if (!right || state[0].equals("open")) {
                check(state[0].equals("open"), "answered when it was " + state[0]);
                state[0] = "answered";
            }
            return Coroutine.done();
        };
        Task<Void> answering = createTask(async(answer));
        EventLoop loop = getRunningLoop();
        loop.callLater(MS.multipliedBy(10), () -> {
            if (state[0].equals("open")) {
                state[0] = "timed out";
            }
        });
        await(answering);
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> lostItem(boolean right) {
        List<Integer> store = new ArrayList<>();
        List<Integer> taken = new ArrayList<>();
        Event available = new Event();
        AsyncCallable<Integer> take = () -> {
            await(available.waitOn());
            int item = store.remove(0);
            if (right) {
                return Coroutine.of(item);
            }
            await(sleep(MS)); // unpacks it
            return Coroutine.of(item);
        };
        AsyncCallable<Void> consumer = () -> {
            try {
                taken.add(await(waitFor(async(take), MS.multipliedBy(10))));
            } catch (AsyncTimeoutException e) {
                // next time
            }
            return Coroutine.done();
        };
        AsyncCallable<Void> producer = () -> {
            await(sleep(MS.multipliedBy(9)));
            store.add(1);
            available.set();
            return Coroutine.done();
        };
        await(gather(async(consumer), async(producer)));
        check(taken.size() + store.size() == 1, "the item is gone");
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> sibling(boolean right) {
        boolean[] isClosed = {false};
        Task<?>[] logger = {null};
        AsyncCallable<Void> writes = () -> {
            await(turns(4));
            check(!isClosed[0], "written after close");
            return Coroutine.done();
        };
        await(taskGroup(group -> {
            AsyncCallable<Void> starts = () -> {
                logger[0] = right ? group.createTask(async(writes)) : createTask(async(writes));
                await(turns(5));
                return Coroutine.done();
            };
            group.createTask(async(starts));
            return Coroutine.done();
        }));
        isClosed[0] = true;
        if (logger[0] != null) {
            await(logger[0]);
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> commit(boolean right) {
        List<String> log = new ArrayList<>();
        AsyncCallable<Void> transaction = () -> {
            await(turns(1));
            if (right) {
                log.add("committed");
                return Coroutine.done();
            }
            log.add("committed");
            await(turns(1)); // tells others
            return Coroutine.done();
        };
        Task<Void> task = createTask(async(transaction));
        AsyncCallable<Void> impatient = () -> {
            await(turns(4));
            task.cancel();
            return Coroutine.done();
        };
        await(gatherOutcomes(List.of(task, createTask(async(impatient)))));
        check(!(task.isCancelled() && log.contains("committed")), "cancelled, and yet committed");
        return Coroutine.done();
    }

    // ------------------------------------------------------------------------------------------------ shared state

    @Async
    private static Coroutine<Void> sharedList(boolean right) {
        List<Integer> buffer = new ArrayList<>();
        List<List<Integer>> sent = new ArrayList<>();
        AsyncCallable<Void> flush = () -> {
            List<Integer> batch = new ArrayList<>(buffer);
            if (right) {
                buffer.clear();
            }
            await(turns(1));
            sent.add(batch);
            if (!right) {
                buffer.clear();
            }
            return Coroutine.done();
        };
        AsyncCallable<Void> adds = () -> {
            buffer.add(1);
            await(flush.call());
            return Coroutine.done();
        };
        AsyncCallable<Void> addsLater = () -> {
            await(turns(3));
            buffer.add(2);
            await(flush.call());
            return Coroutine.done();
        };
        await(gather(async(adds), async(addsLater)));
        long items = sent.stream().mapToLong(List::size).sum();
        check(items == 2, "sent " + sent);
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> walkedMap(boolean right) {
        Map<String, Integer> sessions = new HashMap<>(Map.of("a", 1, "b", 2));
        AsyncCallable<Void> broadcast = () -> {
            Iterable<String> names = right ? List.copyOf(sessions.keySet()) : sessions.keySet();
            for (String name : names) {
                check(!name.isEmpty(), "no name");
                await(turns(1));
            }
            return Coroutine.done();
        };
        AsyncCallable<Void> joins = () -> {
            await(turns(5));
            sessions.put("c", 3);
            return Coroutine.done();
        };
        await(gather(async(broadcast), async(joins)));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> ordered(boolean right) {
        List<String> results = new ArrayList<>();
        AsyncCallable<String> quick = () -> {
            await(turns(1));
            results.add("quick");
            return Coroutine.of("quick");
        };
        AsyncCallable<String> slow = () -> {
            await(turns(3));
            results.add("slow");
            return Coroutine.of("slow");
        };
        List<String> returned = await(gather(async(quick), async(slow)));
        check((right ? returned : results).equals(List.of("quick", "slow")), "in the order of " + results);
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> firstAnswer(boolean right) {
        AsyncCallable<Integer> near = () -> {
            await(turns(1));
            return Coroutine.of(3);
        };
        AsyncCallable<Integer> far = () -> {
            await(turns(4));
            return Coroutine.of(2);
        };
        Task<Integer> one = createTask(async(near));
        Task<Integer> two = createTask(async(far));
        var answers = await(waitOn(List.of(one, two), right ? ReturnWhen.ALL_COMPLETED : ReturnWhen.FIRST_COMPLETED));
        int best = answers.done().stream().mapToInt(task -> task.result()).max().orElse(0);
        two.cancel();
        check(best == 3, "took " + best);
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> clearedEvent(boolean right) {
        Event event = new Event();
        int[] seen = {0};
        AsyncCallable<Void> sets = () -> {
            event.set();
            await(turns(2));
            if (!right) {
                event.clear();
            }
            return Coroutine.done();
        };
        AsyncCallable<Void> waits = () -> {
            await(turns(1));
            await(event.waitOn());
            seen[0]++;
            return Coroutine.done();
        };
        await(gather(async(sets), async(waits)));
        check(seen[0] == 1, "not seen");
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> queueEnd(boolean right) {
        Queue<Integer> queue = new Queue<>();
        queue.putNowait(1);
        queue.putNowait(2);
        AsyncCallable<Void> takes = () -> {
            while (!queue.isEmpty()) {
                if (right) {
                    queue.getNowait();
                    await(turns(1));
                } else {
                    await(turns(1));
                    queue.getNowait();
                }
            }
            return Coroutine.done();
        };
        AsyncCallable<Void> takesLater = () -> {
            await(turns(4));
            await(takes.call());
            return Coroutine.done();
        };
        await(gather(async(takes), async(takesLater)));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> join(boolean right) {
        Queue<Integer> queue = new Queue<>();
        int[] stored = {0};
        AsyncCallable<Void> worker = () -> {
            for (int i = 0; i < 2; i++) {
                int item = await(queue.get());
                if (!right) {
                    queue.taskDone();
                }
                await(turns(1));
                stored[0] += item;
                if (right) {
                    queue.taskDone();
                }
            }
            return Coroutine.done();
        };
        Task<Void> task = createTask(async(worker));
        await(queue.put(1));
        await(queue.put(1));
        await(queue.join());
        await(turns(2));
        int atJoin = stored[0];
        await(task);
        check(atJoin == 2, "joined at " + atJoin);
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> started(boolean right) {
        Map<String, String> routes = new HashMap<>();
        Event started = new Event();
        AsyncCallable<Void> server = () -> {
            if (!right) {
                started.set();
            }
            await(turns(1));
            routes.put("/", "index");
            if (right) {
                started.set();
            }
            return Coroutine.done();
        };
        AsyncCallable<Void> client = () -> {
            await(started.waitOn());
            await(turns(2));
            check(routes.containsKey("/"), "404");
            return Coroutine.done();
        };
        await(gather(async(server), async(client)));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> stopFlag(boolean right) {
        boolean[] isRunning = {right};
        int[] rounds = {0};
        AsyncCallable<Void> worker = () -> {
            await(turns(1)); // connects
            if (!right) {
                isRunning[0] = true;
            }
            while (isRunning[0]) {
                check(++rounds[0] < 300, "never stops");
                await(turns(1));
            }
            return Coroutine.done();
        };
        AsyncCallable<Void> stops = () -> {
            await(turns(3));
            isRunning[0] = false;
            return Coroutine.done();
        };
        await(gather(async(worker), async(stops)));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> setTwice(boolean right) {
        Future<String> answer = getRunningLoop().createFuture();
        AsyncCallable<Void> server = () -> answer(answer, "server", 1, right);
        AsyncCallable<Void> cache = () -> answer(answer, "cache", 4, right);
        Task<Void> one = createTask(async(server));
        Task<Void> two = createTask(async(cache));
        await(answer);
        if (!right) {
            two.cancel(); // whoever comes second is no longer needed; but it may be the other
        }
        await(gatherOutcomes(List.of(one, two)));
        if (!one.isCancelled()) {
            one.result();
        }
        if (!two.isCancelled()) {
            two.result();
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> answer(Future<String> answer, String value, int after, boolean carefully) {
        await(turns(after));
        if (!carefully || !answer.isDone()) {
            answer.setResult(value);
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> requestIds(boolean right) {
        int[] next = {0};
        Map<Integer, String> pending = new HashMap<>();
        AsyncCallable<Void> first = () -> request(next, pending, "first", 0, right);
        AsyncCallable<Void> second = () -> request(next, pending, "second", 3, right);
        await(gather(async(first), async(second)));
        check(pending.size() == 2, "pending: " + pending);
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> request(
            int[] next, Map<Integer, String> pending, String name, int after, boolean right) {
        await(turns(after));
        int id = right ? next[0]++ : next[0];
        await(turns(1));
        pending.put(id, name);
        if (!right) {
            next[0] = id + 1;
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> stale(boolean right) {
        int[] newest = {0};
        String[] shown = {""};
        AsyncCallable<Void> types = () -> search("a", 1, 2, newest, shown, right);
        AsyncCallable<Void> typesMore = () -> {
            await(turns(1));
            await(search("ab", 2, 2, newest, shown, right));
            return Coroutine.done();
        };
        await(gather(async(types), async(typesMore)));
        check(shown[0].equals("ab") || newest[0] == 1, "shown: " + shown[0]);
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> search(
            String text, int number, int takes, int[] newest, String[] shown, boolean right) {
        newest[0] = Math.max(newest[0], number);
        await(turns(takes));
        if (!right || newest[0] == number) {
            shown[0] = text;
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> limit(boolean right) {
        int[] connections = {0};
        AsyncCallable<Void> connect = () -> {
            if (connections[0] < 1) {
                if (right) {
                    connections[0]++;
                }
                await(turns(1));
                if (!right) {
                    connections[0]++;
                }
                check(connections[0] <= 1, "too many: " + connections[0]);
                await(turns(1));
                connections[0]--;
            }
            return Coroutine.done();
        };
        AsyncCallable<Void> connectLater = () -> {
            await(turns(4));
            await(connect.call());
            return Coroutine.done();
        };
        await(gather(async(connect), async(connectLater)));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> tornRead(boolean right) {
        int[] pair = {1, 1};
        Lock lock = new Lock();
        AsyncCallable<Void> reads = () -> {
            await(turns(2));
            if (right) {
                await(lock.acquire());
            }
            int first = pair[0];
            await(turns(1));
            int second = pair[1];
            if (right) {
                lock.release();
            }
            check(first == second, first + " and " + second);
            return Coroutine.done();
        };
        AsyncCallable<Void> writes = () -> {
            if (right) {
                await(lock.acquire());
            }
            pair[0] = 2;
            pair[1] = 2;
            if (right) {
                lock.release();
            }
            return Coroutine.done();
        };
        await(gather(async(writes), async(reads)));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> cleanup(boolean right) {
        Map<String, Object> sessions = new HashMap<>();
        AsyncCallable<Void> first = () -> session(sessions, 0, right);
        Task<Void> old = createTask(async(first));
        await(turns(1));
        Object mine = new Object();
        AsyncCallable<Void> replaces = () -> {
            await(turns(5));
            sessions.put("user", mine);
            await(turns(1));
            check(sessions.get("user") == mine, "the new session is gone");
            return Coroutine.done();
        };
        await(gather(old, createTask(async(replaces))));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> session(Map<String, Object> sessions, int after, boolean right) {
        Object mine = new Object();
        await(turns(after));
        sessions.put("user", mine);
        await(turns(2));
        if (right) {
            sessions.remove("user", mine);
        } else {
            sessions.remove("user");
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> lastMessage(boolean right) {
        List<String> messages = new ArrayList<>();
        boolean[] isClosed = {false};
        int[] read = {0};
        AsyncCallable<Void> reader = () -> {
            while (!isClosed[0]) {
                read[0] += messages.size();
                messages.clear();
                await(turns(1));
            }
            if (right) {
                read[0] += messages.size();
            }
            return Coroutine.done();
        };
        AsyncCallable<Void> writer = () -> {
            await(turns(1));
            messages.add("last");
            await(turns(2));
            isClosed[0] = true;
            return Coroutine.done();
        };
        await(gather(async(reader), async(writer)));
        check(read[0] == 1, "read " + read[0]);
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> threadResult(boolean right) {
        int[] version = {1};
        int[] written = {0};
        AsyncCallable<Void> saves = () -> {
            int toWrite = version[0];
            await(toThread(() -> null)); // compresses it
            written[0] = right ? version[0] : toWrite;
            return Coroutine.done();
        };
        AsyncCallable<Void> edits = () -> {
            await(turns(1));
            version[0] = 2;
            return Coroutine.done();
        };
        Task<Void> saving = createTask(async(saves));
        Task<Void> editing = createTask(async(edits));
        await(editing);
        boolean wasSaved = saving.isDone();
        await(saving);
        if (!wasSaved) {
            check(written[0] == 2, "the edit is not in what was saved behind it");
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> equalTimers(boolean right) {
        List<String> done = new ArrayList<>();
        EventLoop loop = getRunningLoop();
        Future<Void> end = loop.createFuture();
        Runnable finished = () -> {
            if (!end.isDone() && (!right || done.size() == 2)) {
                end.setResult(null);
            }
        };
        loop.callLater(MS, () -> {
            done.add("one");
            if (right) {
                finished.run();
            }
        });
        loop.callLater(MS, () -> {
            done.add("two");
            finished.run();
        });
        await(end);
        check(done.size() == 2, "ended after " + done);
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> current(boolean right) {
        String[] shared = {""};
        ContextVar<String> own = new ContextVar<>("user");
        AsyncCallable<Void> ann = () -> asUser("ann", 0, shared, own, right);
        AsyncCallable<Void> bob = () -> asUser("bob", 3, shared, own, right);
        await(gather(async(ann), async(bob)));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> asUser(
            String name, int after, String[] shared, ContextVar<String> own, boolean right) {
        await(turns(after));
        if (right) {
            own.set(name);
        } else {
            shared[0] = name;
        }
        await(turns(1));
        String seen = right ? own.get() : shared[0];
        check(name.equals(seen), name + " acts as " + seen);
        return Coroutine.done();
    }
}
