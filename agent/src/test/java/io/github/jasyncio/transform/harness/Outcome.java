package io.github.jasyncio.transform.harness;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run came to, as far as it can be compared.
 *
 * @param result the value, or the failure and where it was thrown
 * @param log what happened on the way
 * @param probes how many were made
 */
record Outcome(String result, List<String> log, int probes) {

    static Outcome returned(@Nullable Object value, Run run) {
        return new Outcome("returned " + Description.of(value), run.log(), run.probes());
    }

    static Outcome threw(Throwable failure, Run run, ClassFiles classes) {
        int identity = run.identity(failure);
        String origin = identity >= 0 ? "by probe, failure #" + identity : "at " + place(failure, classes);
        return new Outcome("threw " + Description.of(failure) + ", thrown " + origin, run.log(), run.probes());
    }

    /** The line of the target that threw, which must be the source's. Method names differ: bodies are moved. */
    private static String place(Throwable failure, ClassFiles classes) {
        for (StackTraceElement element : failure.getStackTrace()) {
            if (classes.contains(element.getClassName())) {
                return element.getFileName() + ":" + element.getLineNumber();
            }
        }
        return "unknown";
    }
}
