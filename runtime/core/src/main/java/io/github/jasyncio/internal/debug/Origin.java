package io.github.jasyncio.internal.debug;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Where something was made, and what is to be said if it becomes garbage before it has served its purpose. */
class Origin extends WeakReference<Object> {

    private static final AtomicLong COUNT = new AtomicLong();

    private final int hash;
    private final long number = COUNT.incrementAndGet();
    private final List<StackTraceElement> stack;
    private final @Nullable WeakReference<HomeLoop> home;
    private volatile @Nullable String complaint;

    /**
     * Keeps where {@code made} comes from; for {@link Origins}.
     *
     * @param complaint what is to be said if it is lost unsettled; null for nothing
     */
    Origin(Object made, List<StackTraceElement> stack, @Nullable String complaint) {
        super(made, Origins.lost());
        this.hash = System.identityHashCode(made);
        this.stack = stack;
        this.complaint = complaint;
        HomeLoop loop = complaint == null ? null : Origins.loopHere();
        this.home = loop == null ? null : new WeakReference<>(loop);
    }

    /** Counts all. */
    long number() {
        return number;
    }

    List<StackTraceElement> stack() {
        return stack;
    }

    /** It has served its purpose, or somebody has been told. */
    void settle() {
        complaint = null;
    }

    /** What is to be said, once; null if it is settled. */
    synchronized @Nullable String takeComplaint() {
        String text = complaint;
        complaint = null;
        return text;
    }

    /** True if it was made while {@code loop} ran on the thread. */
    boolean isOf(HomeLoop loop) {
        return home != null && home.refersTo(loop);
    }

    /** Whether the loop on which it was made, if there was one, takes the complaint. */
    boolean isHeard(String complaint) {
        HomeLoop loop = home == null ? null : home.get();
        return loop != null && loop.hears(complaint);
    }

    /** True if it was made while a loop ran that is neither closed nor garbage. */
    boolean isOfOpenLoop() {
        HomeLoop loop = home == null ? null : home.get();
        return loop != null && !loop.isClosed();
    }

    /** It has become garbage. */
    void lost() {}

    /** That of the object, also when it is gone; equal to no other record. */
    @Override
    public int hashCode() {
        return hash;
    }

    /** Finds the record of an object without making a reference. */
    static final class Key {

        private final Object made;

        Key(Object made) {
            this.made = made;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Origin origin && origin.refersTo(made);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(made);
        }
    }
}
