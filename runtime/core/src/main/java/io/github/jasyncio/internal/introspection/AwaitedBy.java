package io.github.jasyncio.internal.introspection;

import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import io.github.jasyncio.internal.EagerCall;
import io.github.jasyncio.internal.traces.CoroutineStack;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Who awaits a future: read off its callbacks, so that awaiting costs nothing more.
 *
 * <p>Futures that the runtime puts in between (those of {@code gather}, {@code shield}, {@code waitOn} and so on) are passed through to the
 * tasks behind them, as in asyncio; one that no task awaits is named itself.
 */
public final class AwaitedBy {

    private AwaitedBy() {}

    /**
     * The tasks that go on when {@code future} is done, each once, in the order in which they began to wait. May be asked on any thread; on
     * another than the loop's it is a guess.
     */
    public static List<Future<?>> of(Future<?> future) {
        List<Future<?>> found = new ArrayList<>();
        Set<Future<?>> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Future<?>> toPass = new ArrayDeque<>();
        pushAll(directly(future), toPass);
        while (!toPass.isEmpty()) {
            Future<?> waiter = toPass.pop();
            // One that is done waits no more: a gathering that a failure has ended, say.
            if (!waiter.isDone() && seen.add(waiter)) {
                List<Future<?>> behind = waiter instanceof Task ? List.of() : directly(waiter);
                if (behind.isEmpty()) {
                    found.add(waiter);
                }
                pushAll(behind, toPass);
            }
        }
        return found;
    }

    /** The first comes to lie on top. */
    private static void pushAll(List<Future<?>> futures, Deque<Future<?>> stack) {
        for (int i = futures.size() - 1; i >= 0; i--) {
            stack.push(futures.get(i));
        }
    }

    private static List<Future<?>> directly(Future<?> future) {
        List<Future<?>> waiters = new ArrayList<>();
        Task<?> around = future instanceof Task<?> eager ? Insight.get().steppedInto(eager) : null;
        if (around != null) {
            waiters.add(around); // awaits nothing, and goes on only when the other has got as far as it can
        }
        for (Object entry : Insight.get().entries(future)) {
            if (entry instanceof Task<?> task) {
                waiters.add(task);
                continue;
            }
            if (entry instanceof OnBehalf onBehalf) {
                waiters.addAll(waiters(onBehalf));
            }
            EagerCall<?> call = EagerCall.behind(entry);
            if (call != null) {
                addWaiters(waiters, future, call);
            }
        }
        return waiters;
    }

    /** Java's own futures do not tell who waits for them, so the tasks are asked. */
    private static void addWaiters(List<Future<?>> waiters, Future<?> future, EagerCall<?> call) {
        Insight insight = Insight.get();
        for (Task<?> task : insight.tasksOfLoop(future)) {
            if (CoroutineStack.eagerCalls(insight.awaitedStage(task)).contains(call)) {
                waiters.add(task);
            }
        }
    }

    private static Collection<? extends Future<?>> waiters(OnBehalf callback) {
        try {
            return callback.waiters();
        } catch (RuntimeException e) {
            // Asked on another thread while the loop changed the collection; whoever asks there was told that it is a
            // guess.
            return List.of();
        }
    }
}
