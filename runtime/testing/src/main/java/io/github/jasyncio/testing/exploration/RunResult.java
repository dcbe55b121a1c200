package io.github.jasyncio.testing.exploration;

import org.jspecify.annotations.Nullable;

/**
 * What came of one run.
 *
 * @param failure null if it went well, or was not run to its end because what would follow has been seen before
 * @param interleaving empty if it was not recorded
 */
record RunResult(Path path, @Nullable Throwable failure, String interleaving) {

    /** True if this fails like {@code other}: with the same kind of failure, thrown in the same place. */
    boolean failsLike(RunResult other) {
        return failure != null && other.failure != null && kindOf(failure).equals(kindOf(other.failure));
    }

    static String kindOf(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        for (StackTraceElement element : trace) {
            // An assertion library's own frames tell nothing.
            if (!element.getClassName().matches("(org\\.(assertj|junit|opentest4j|hamcrest)|java|jdk)\\..*")) {
                return failure.getClass().getName() + " at " + element;
            }
        }
        return failure.getClass().getName();
    }
}
