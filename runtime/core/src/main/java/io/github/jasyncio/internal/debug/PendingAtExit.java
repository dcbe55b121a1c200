package io.github.jasyncio.internal.debug;

import io.github.jasyncio.internal.introspection.DumpTaker;
import io.github.jasyncio.internal.introspection.LoopView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tasks that are pending on loops in debug mode when the JVM ends, and where they stand. */
final class PendingAtExit {

    /** How long the end of the JVM may be put off: a loop that answers is read more exactly than one that is busy, with the very call that ends the JVM, say. */
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final List<LoopView> loops;

    /** The tasks, and the running loops, of which nothing else is to be said. */
    private final Set<Object> told = Collections.newSetFromMap(new IdentityHashMap<>());

    private PendingAtExit(List<LoopView> loops) {
        this.loops = loops;
    }

    /** Those of loops that are not closed. */
    static PendingAtExit of(List<? extends HomeLoop> open) {
        PendingAtExit pending = new PendingAtExit(new ArrayList<>());
        for (HomeLoop loop : open) {
            if (loop.isRunning()) {
                pending.told.add(loop);
            }
            if (loop instanceof LoopView view && view.taskCount() > 0) {
                pending.loops.add(view);
                pending.told.addAll(view.tasks());
            }
        }
        pending.loops.sort(Comparator.comparingLong(LoopView::id));
        return pending;
    }

    /** True of one of the tasks, and of a loop that is running still: it was not left open. */
    boolean tellsOf(@Nullable Object made) {
        return told.contains(made);
    }

    /** Says it. */
    void tell() {
        if (!loops.isEmpty()) {
            System.err.println("WARNING: the JVM ends while tasks are pending; nothing more of them will run\n"
                    + DumpTaker.take(loops, PATIENCE).toString().stripTrailing());
        }
    }
}
