package io.github.jasyncio.internal.loop;

/** A loop's idea of time. */
public interface Clock {

    /** A deadline that does not come: what is too far away for a {@code long}. */
    long NEVER = Long.MAX_VALUE;

    /** Now, in nanoseconds since the clock was made; never goes back. */
    long nanos();

    /**
     * Nothing is ready, and the first timer is due at {@code deadline}: how long is the thread to wait for it?
     *
     * @param deadline {@link #NEVER} if it never is, on any clock
     * @param isWorkOutside whether something runs for the loop on another thread
     * @return nanoseconds; zero or less means that the deadline has come; {@link Poller#FOREVER} to wait for a thread
     */
    long untilDue(long deadline, boolean isWorkOutside);

    /** True if waiting for a deadline takes no time. */
    boolean jumps();

    /** The time that passes. */
    final class Monotonic implements Clock {

        // nanoTime may be negative and may overflow; its differences do neither for 292 years.
        private final long origin = System.nanoTime();

        @Override
        public long nanos() {
            return System.nanoTime() - origin;
        }

        @Override
        public long untilDue(long deadline, boolean isWorkOutside) {
            if (deadline == NEVER) {
                return Poller.FOREVER;
            }
            long now = nanos();
            return deadline <= now ? 0 : deadline - now; // the difference of any two would overflow
        }

        @Override
        public boolean jumps() {
            return false;
        }
    }

    /** Stands still while anything is ready or runs outside, and otherwise jumps to the next deadline. */
    final class Virtual implements Clock {

        private long now;

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public long untilDue(long deadline, boolean isWorkOutside) {
            if (deadline <= now) {
                return 0;
            }
            if (isWorkOutside || deadline == NEVER) {
                return Poller.FOREVER;
            }
            now = deadline;
            return 0;
        }

        @Override
        public boolean jumps() {
            return true;
        }
    }
}
