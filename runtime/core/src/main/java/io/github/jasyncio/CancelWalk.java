package io.github.jasyncio;

import io.github.jasyncio.internal.ObjectText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cancels a future and all that it waits for, in asyncio's order, however long the way is: what {@code Task.cancel} and {@code
 * _GatheringFuture.cancel} do by calling each other, without the stack.
 *
 * <p>asyncio fails on tasks that await each other in a circle. Here the last await on the way round is cut: it throws, so all of them come to an
 * end; and the loop's exception handler is told. Loop-confined.
 */
final class CancelWalk {

    /** How many tasks of a circle are named. */
    private static final int MOST_NAMED = 10;

    private final @Nullable String message;

    /** {@link Task}s that were asked, and {@link Gathering.Children} of which one is being asked; the last is the first. */
    private final ArrayDeque<Object> way = new ArrayDeque<>();

    private @Nullable List<String> circle;

    private CancelWalk(@Nullable String message) {
        this.message = message;
    }

    /** The same as {@code future.cancel(message)}. */
    static boolean cancel(Future<?> future, @Nullable String message) {
        CancelWalk walk = new CancelWalk(message);
        try {
            return walk.run(future);
        } finally {
            walk.way.forEach(step -> {
                if (step instanceof Task<?> task) {
                    task.isBeingCancelled = false;
                }
            });
            walk.report(future.loop);
        }
    }

    private boolean run(Future<?> root) {
        Future<?> next = root;
        boolean isCancelled = false;
        do {
            while (next != null) {
                if (next instanceof Task<?> task && !task.isDone()) {
                    if (task.isBeingCancelled) {
                        cut(task);
                        isCancelled = true;
                        next = null;
                    } else {
                        task.isBeingCancelled = true;
                        task.countRequest();
                        way.push(task);
                        isCancelled = false;
                        next = task.waitingOn();
                    }
                } else if (next instanceof Gathering<?> gathering && !gathering.isDone()) {
                    Gathering<?>.Children children = gathering.toCancel();
                    way.push(children);
                    next = children.next();
                } else {
                    isCancelled = next.cancel(message);
                    next = null;
                }
            }
            Object step = way.peek();
            if (step instanceof Task<?> task) {
                way.pop();
                task.isBeingCancelled = false;
                if (!isCancelled) {
                    task.cancelInNextStep(message);
                    isCancelled = true;
                }
            } else if (step instanceof Gathering<?>.Children children) {
                children.answered(isCancelled);
                next = children.next();
                if (next == null) {
                    way.pop();
                    isCancelled = children.end();
                }
            }
        } while (!way.isEmpty() || next != null);
        return isCancelled;
    }

    /** The way has come to a task that is on it: lets the last await before throw. */
    private void cut(Task<?> again) {
        List<String> names = new ArrayList<>();
        Task<?> last = null;
        for (Object step : way) {
            if (step instanceof Task<?> task) {
                last = last == null ? task : last;
                names.add(task.getName());
                if (task == again) {
                    break;
                }
            }
        }
        if (last != null) {
            last.cutAwait(message);
        }
        Collections.reverse(names);
        if (circle == null) {
            circle = names;
        }
    }

    private void report(EventLoop loop) {
        List<String> names = circle;
        if (names == null) {
            return;
        }
        StringBuilder text =
                new StringBuilder("tasks that await each other in a circle were cancelled; the last await was cut: ");
        for (String name : names.subList(0, Math.min(names.size(), MOST_NAMED))) {
            text.append("Task '").append(ObjectText.of(name)).append("' awaits ");
        }
        if (names.size() > MOST_NAMED) {
            text.append(names.size() - MOST_NAMED).append(" others, of which the last awaits ");
        }
        Map<String, Object> context = new LinkedHashMap<>();
        context.put(
                "message",
                text.append("Task '").append(names.get(0)).append('\'').toString());
        loop.callExceptionHandler(context);
    }
}
