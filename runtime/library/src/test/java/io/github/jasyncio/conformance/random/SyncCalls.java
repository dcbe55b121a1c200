package io.github.jasyncio.conformance.random;

import io.github.jasyncio.Coroutine;
import io.github.jasyncio.sync.Barrier;
import io.github.jasyncio.sync.Condition;
import io.github.jasyncio.sync.Event;
import io.github.jasyncio.sync.Lock;
import io.github.jasyncio.sync.Queue;
import io.github.jasyncio.sync.Semaphore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operations that are plain calls, of locks, queues and their like. */
final class SyncCalls {

    private final World world;

    SyncCalls(World world) {
        this.world = world;
    }

    /** What an operation gives, null for nothing. */
    @Nullable
    Object value(List<String> words) {
        String name = words.get(1);
        return switch (words.get(0)) {
            case "locked" -> isLocked(world.get(name));
            case "is_set" -> world.<Event>get(name).isSet();
            case "barrier" ->
                List.of(
                        world.<Barrier>get(name).nWaiting(),
                        world.<Barrier>get(name).isBroken());
            case "get_nowait" -> world.<Queue<Object>>get(name).getNowait();
            case "queue" -> state(world.get(name));
            default -> {
                run(words, name);
                yield null;
            }
        };
    }

    /** The operations that give nothing. */
    private void run(List<String> words, String name) {
        switch (words.get(0)) {
            case "release" -> release(world.get(name));
            case "set_event" -> world.<Event>get(name).set();
            case "clear_event" -> world.<Event>get(name).clear();
            case "notify" -> notify(world.get(name), words.get(2));
            case "put_nowait" -> world.<Queue<Object>>get(name).putNowait(Integer.valueOf(words.get(2)));
            case "task_done" -> world.<Queue<Object>>get(name).taskDone();
            case "shutdown" ->
                world.<Queue<Object>>get(name).shutdown(words.get(2).equals("now"));
            default -> throw new IllegalArgumentException(words.toString());
        }
    }

    /** The three kinds of things that are held have no public type in common. */
    static Coroutine<Boolean> acquire(Object resource) {
        if (resource instanceof Lock lock) {
            return lock.acquire();
        }
        return resource instanceof Condition condition ? condition.acquire() : ((Semaphore) resource).acquire();
    }

    static void release(Object resource) {
        if (resource instanceof Lock lock) {
            lock.release();
        } else if (resource instanceof Condition condition) {
            condition.release();
        } else {
            ((Semaphore) resource).release();
        }
    }

    private static boolean isLocked(Object resource) {
        if (resource instanceof Lock lock) {
            return lock.isLocked();
        }
        return resource instanceof Condition condition ? condition.isLocked() : ((Semaphore) resource).isLocked();
    }

    private static void notify(Condition condition, String count) {
        if (count.equals("all")) {
            condition.notifyAllWaiters();
        } else {
            condition.notify(Integer.parseInt(count));
        }
    }

    private static Object state(Queue<Object> queue) {
        return List.of(queue.size(), queue.isEmpty(), queue.isFull());
    }
}
