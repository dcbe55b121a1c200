package io.github.jasyncio.internal.loop;

/** A loop's idea of time. */
public interface Clock {

    /** Now, in nanoseconds since the clock was made; never goes back. */
    long nanos();

    /**
     * Nothing is ready, and the first timer is due at {@code deadline}: how long is the thread to wait for it?
     *
     * @param isWorkOutside whether something runs for the loop on another thread
     * @return nanoseconds; zero or less means that the deadline has come; {@link Long#MAX_VALUE} to wait for a thread
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
            return deadline - nanos();
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
            if (isWorkOutside) {
                return Long.MAX_VALUE;
            }
            now = Math.max(now, deadline);
            return 0;
        }

        @Override
        public boolean jumps() {
            return true;
        }
    }
}
