package io.github.jasyncio.transform.harness;

import io.github.jasyncio.Asyncio;
import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Frame;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A coroutine written by hand that behaves as the schedule says. */
final class Probe<T> extends Frame<T> {

    private static final int SILENT = -1;

    private final Run run;
    private final int ordinal;
    private final Behaviour behaviour;
    private final T value;
    private int suspensionsLeft;

    Probe(Run run, int ordinal, Behaviour behaviour, T value) {
        this.run = run;
        this.ordinal = ordinal;
        this.behaviour = behaviour;
        this.value = value;
    }

    /** Only suspends, and leaves no trace in the log. */
    static <T> Probe<T> pause(Run run, T value) {
        return new Probe<>(run, SILENT, Behaviour.SUSPENDS, value);
    }

    @Override
    public @Nullable Object start(Execution execution) {
        begin();
        if (ordinal != SILENT) {
            run.log("await #" + ordinal + " " + Description.of(value));
        }
        return switch (behaviour) {
            case READY -> value;
            case SUSPENDS, THROWS_AFTER -> execution.suspendOn(outcome());
            case SUSPENDS_THRICE -> {
                suspensionsLeft = 3;
                yield suspend(execution);
            }
            case SLEEPS -> Asyncio.sleep(Duration.ofMillis(10), value).start(execution);
            case THROWS_BEFORE -> throw sneaky(run.failure(ordinal, behaviour));
            case CANCELLED -> {
                if (execution == SyncAwait.EXECUTION) {
                    throw sneaky(run.failure(ordinal, behaviour));
                }
                yield run.cancelsTask(ordinal)
                        ? Asyncio.sleep(Duration.ofDays(1), value).start(execution)
                        : execution.suspendOn(outcome());
            }
            case NESTED, NESTED_THROWS, TAIL -> throw new AssertionError(behaviour);
        };
    }

    @Override
    public @Nullable Object startInPlace(Execution execution) {
        return start(execution);
    }

    @Override
    protected @Nullable Object resume(Execution execution) {
        enter();
        execution.result();
        return suspensionsLeft > 0 ? suspend(execution) : value;
    }

    private Object suspend(Execution execution) {
        suspensionsLeft--;
        state = 1;
        execution.suspendOn(outcome());
        return execution.suspended(this);
    }

    /** What whoever drives the coroutine has to wait for. */
    private PendingOutcome<T> outcome() {
        return run.pend(value, behaviour.fails() ? run.failure(ordinal, behaviour) : null);
    }

    @Override
    public StackTraceElement location() {
        return new StackTraceElement("Probe", "#" + ordinal, null, 0);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // the compiler is to believe that the failure is unchecked
    static <E extends Throwable> RuntimeException sneaky(Throwable failure) throws E {
        throw (E) failure;
    }
}
