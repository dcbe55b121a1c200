package io.github.jasyncio.internal.introspection;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The loops of the process that are not closed: the one thing besides the running loop's thread-local that is static. Thread-safe. */
public final class Loops {

    private static final AtomicLong MADE = new AtomicLong();

    /** Held weakly: a loop that nobody has any more must not stay because somebody might want to see it. */
    private static final Map<LoopView, Boolean> OPEN = Collections.synchronizedMap(new WeakHashMap<>());

    private Loops() {}

    /** Counts the loops from 1. */
    public static long nextId() {
        return MADE.incrementAndGet();
    }

    public static void opened(LoopView loop) {
        OPEN.put(loop, true);
    }

    public static void closed(LoopView loop) {
        OPEN.remove(loop);
    }

    public static boolean areNone() {
        return OPEN.isEmpty();
    }

    /** In the order in which they were made. */
    public static List<LoopView> open() {
        List<LoopView> loops;
        synchronized (OPEN) { // as synchronizedMap asks for
            loops = new ArrayList<>(OPEN.keySet());
        }
        loops.sort(Comparator.comparingLong(LoopView::id));
        return loops;
    }
}
