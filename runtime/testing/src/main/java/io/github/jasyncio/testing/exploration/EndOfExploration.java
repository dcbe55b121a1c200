package io.github.jasyncio.testing.exploration;

import org.jspecify.annotations.Nullable;

/** Ends an exploration for a reason that says nothing of the order that was just being tried. */
public abstract class EndOfExploration extends AssertionError {

    private static final long serialVersionUID = 1;

    private EndOfExploration(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** It has taken too long in real time. */
    public static final class OutOfTime extends EndOfExploration {

        private static final long serialVersionUID = 1;

        /** Says how long, and what to do; and what was going on, if anything. */
        public OutOfTime(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The program does not apply here. */
    public static final class Aborted extends EndOfExploration {

        private static final long serialVersionUID = 1;

        /** Holds what it was aborted with. */
        public Aborted(Throwable cause) {
            super(String.valueOf(cause.getMessage()), cause);
        }
    }
}
