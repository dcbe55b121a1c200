package io.github.jasyncio;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The loops of the process that are not closed: the one thing besides the running loop's thread-local that is static. Thread-safe. */
final class Loops {

    private static final AtomicLong MADE = new AtomicLong();

    /** Held weakly: a loop that nobody has any more must not stay because somebody might want to see it. */
    private static final Map<EventLoop, Boolean> OPEN = Collections.synchronizedMap(new WeakHashMap<>());

    private Loops() {}

    /** Counts the loops from 1. */
    static long nextId() {
        return MADE.incrementAndGet();
    }

    static void opened(EventLoop loop) {
        OPEN.put(loop, true);
        Observers.opened();
    }

    static void closed(EventLoop loop) {
        OPEN.remove(loop);
        Observers.closed(loop);
    }

    static boolean areNone() {
        return OPEN.isEmpty();
    }

    /** In the order in which they were made. */
    static List<EventLoop> open() {
        List<EventLoop> loops;
        synchronized (OPEN) { // as synchronizedMap asks for
            loops = new ArrayList<>(OPEN.keySet());
        }
        loops.sort(Comparator.comparingLong(EventLoop::id));
        return loops;
    }
}
