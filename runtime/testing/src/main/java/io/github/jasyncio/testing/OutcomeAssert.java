package io.github.jasyncio.testing;

import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Outcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ObjectAssert;

/**
 * Assertions on what came of something that was awaited.
 *
 * @param <T> the type of the value
 */
public final class OutcomeAssert<T> extends AbstractAssert<OutcomeAssert<T>, Outcome<T>> {

    private final Duration taken;

    OutcomeAssert(Outcome<T> outcome, Duration taken) {
        super(outcome, OutcomeAssert.class);
        this.taken = taken;
    }

    /** It has a value; the assertion goes on with that. */
    public ObjectAssert<T> succeeded() {
        if (actual instanceof Outcome.Success<T> success) {
            return Assertions.assertThat(success.value());
        }
        Throwable failure = failure();
        AssertionError error = failureWithActualExpected(
                failure, "a value", "expected a value, but it failed with %s after %s", failure, taken);
        error.initCause(failure);
        throw error;
    }

    /** It has this very value. */
    public OutcomeAssert<T> hasValue(T expected) {
        succeeded();
        if (actual instanceof Outcome.Success<T> success && !Objects.equals(success.value(), expected)) {
            throw failureWithActualExpected(
                    success.value(), expected, "expected the value %s, but it was %s", expected, success.value());
        }
        return this;
    }

    /** It failed, with this type or a subtype; the assertion goes on with the failure. */
    public AbstractThrowableAssert<?, ? extends Throwable> failed(Class<? extends Throwable> expected) {
        failedWith(expected);
        return Assertions.assertThat(failure());
    }

    /** It failed, with this type or a subtype. */
    public OutcomeAssert<T> failedWith(Class<? extends Throwable> expected) {
        if (actual instanceof Outcome.Success<T> success) {
            throw failureWithActualExpected(
                    success.value(),
                    expected,
                    "expected %s, but it has the value %s",
                    expected.getName(),
                    success.value());
        }
        Assertions.assertThat(failure()).isInstanceOf(expected);
        return this;
    }

    /** It was cancelled. */
    public OutcomeAssert<T> wasCancelled() {
        return failedWith(CancelledError.class);
    }

    /** It took this time by the loop's clock, to the nanosecond; for virtual time. */
    public OutcomeAssert<T> took(Duration expected) {
        if (!taken.equals(expected)) {
            throw failureWithActualExpected(taken, expected, "expected it to take %s, but it took %s", expected, taken);
        }
        return this;
    }

    /**
     * It failed, and the trace of the failure goes through these methods, the innermost first, others may stand between.
     *
     * @param methods class and name, such as {@code "Orders.ship"}; a package may stand before it
     */
    public OutcomeAssert<T> hasTraceThrough(String... methods) {
        failedWith(Throwable.class);
        List<String> trace = Arrays.stream(failure().getStackTrace())
                .map(element -> element.getClassName() + "." + element.getMethodName())
                .toList();
        int from = 0;
        for (String method : methods) {
            int found = from;
            while (found < trace.size() && !isCalled(trace.get(found), method)) {
                found++;
            }
            if (found == trace.size()) {
                throw failureWithActualExpected(
                        trace,
                        List.of(methods),
                        "expected a trace through %s, but %s is not in, or not there: %s",
                        List.of(methods),
                        method,
                        trace);
            }
            from = found + 1;
        }
        return this;
    }

    private static boolean isCalled(String element, String method) {
        return element.equals(method) || element.endsWith("." + method) || element.endsWith("$" + method);
    }

    private Throwable failure() {
        return ((Outcome.Failure<T>) actual).error();
    }
}
