package io.github.jasyncio.transform.harness;

import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One run of a construct: its schedule, and what it did. Confined to one thread; {@link Probes} finds the one in progress. */
final class Run {

    /** A construct that loops for ever under some schedule is cut off, in the twin as well. */
    private static final int MOST_EVENTS = 5_000;

    private final Schedule schedule;
    private final Start start;
    private final boolean synchronous;
    private final Supplier<NestedCoroutines> nested;
    private final List<String> log = new ArrayList<>();
    private final Map<Integer, Throwable> failures = new TreeMap<>();
    private final List<WeakReference<Object>> watched = new ArrayList<>();
    private final Queue<PendingOutcome<?>> pending = new ArrayDeque<>();
    private @Nullable LoopDriver driver;
    private int probes;
    private int events;

    /** @param start for the twin, how the other is started: what it is to be compared with */
    Run(Schedule schedule, Start start, boolean synchronous, Supplier<NestedCoroutines> nested) {
        this.schedule = schedule;
        this.start = start;
        this.synchronous = synchronous;
        this.nested = nested;
    }

    /** From now on a task runs it, and what is pending comes to pass by itself. */
    void goOn(LoopDriver driver) {
        this.driver = driver;
    }

    /** How many probes were made. */
    int probes() {
        return probes;
    }

    List<String> log() {
        return log;
    }

    void log(String event) {
        countEvent();
        log.add(event);
    }

    /** False when the run has gone on for so long that loops should end. */
    boolean hasFuel() {
        countEvent();
        return events < MOST_EVENTS / 2;
    }

    void watch(Object object) {
        watched.add(new WeakReference<>(object));
    }

    List<WeakReference<Object>> watched() {
        return watched;
    }

    private void countEvent() {
        if (++events > MOST_EVENTS) {
            throw new Runaway();
        }
    }

    <T> Coroutine<T> probe(T value) {
        int ordinal = probes++;
        Behaviour behaviour = behaviour(ordinal);
        UnaryOperator<Coroutine<T>> wrapping =
                switch (behaviour) {
                    case NESTED, NESTED_THROWS -> inner -> nested.get().relay(inner);
                    case TAIL -> inner -> nested.get().tail(Probe.pause(this, value), inner);
                    default -> inner -> inner;
                };
        Behaviour inner =
                switch (behaviour) {
                    case NESTED, TAIL -> driver == null ? Behaviour.SUSPENDS : Behaviour.SLEEPS;
                    case NESTED_THROWS -> Behaviour.THROWS_AFTER;
                    default -> behaviour;
                };
        return wrapping.apply(new Probe<>(this, ordinal, inner, value));
    }

    /** One of Java's own stages that behaves as the schedule says; a nested one is as good as a suspending one. */
    <T> PendingOutcome<T> stage(T value) {
        int ordinal = probes++;
        Behaviour behaviour = behaviour(ordinal);
        log("stage #" + ordinal + " " + Description.of(value));
        PendingOutcome<T> stage = pend(value, behaviour.fails() ? failure(ordinal, behaviour) : null);
        if (synchronous || behaviour == Behaviour.READY || behaviour == Behaviour.THROWS_BEFORE) {
            stage.settle();
        }
        return stage;
    }

    /** Something that has not come to pass yet. */
    <T> PendingOutcome<T> pend(T value, @Nullable Throwable failure) {
        PendingOutcome<T> outcome = new PendingOutcome<>(value, failure);
        LoopDriver driver = this.driver;
        if (driver == null) {
            pending.add(outcome);
        } else {
            driver.later(outcome::settle);
        }
        return outcome;
    }

    /** True if a task runs this; it is going to be cancelled then, as probe {@code ordinal} wants. */
    boolean cancelsTask(int ordinal) {
        LoopDriver driver = this.driver;
        if (driver == null) {
            return false;
        }
        driver.cancelLater(failure(ordinal, Behaviour.CANCELLED).getMessage());
        return true;
    }

    /** Time passes until {@code awaited} is done: one thing after the other comes to pass. */
    void waitFor(CompletableFuture<?> awaited) {
        if (awaited instanceof PendingOutcome<?> outcome) {
            outcome.settle(); // whatever else is pending may be pending for ever
        }
        while (!awaited.isDone()) {
            pending.remove().settle();
        }
    }

    private Behaviour behaviour(int ordinal) {
        countEvent();
        Behaviour behaviour = schedule.behaviour(ordinal);
        return synchronous ? behaviour.synchronously() : behaviour;
    }

    /** The failure of a probe, always the same object. Types take turns. */
    Throwable failure(int ordinal, Behaviour behaviour) {
        return failures.computeIfAbsent(ordinal, o -> {
            String message = "probe #" + ordinal;
            if (behaviour == Behaviour.CANCELLED) {
                return start == Start.AS_TASK ? new CancelledError(message) : new ProbeCancelled(message);
            }
            return switch (ordinal % 4) {
                case 0 -> new IllegalStateException(message);
                case 1 -> new IOException(message);
                case 2 -> new IllegalArgumentException(message);
                default -> new ArithmeticException(message);
            };
        });
    }

    /** The ordinal of the probe that has this very object as its failure, or -1. A task makes cancellations of its own, which are told by their message. */
    int identity(Throwable failure) {
        for (Map.Entry<Integer, Throwable> entry : failures.entrySet()) {
            boolean isOfTask = driver != null
                    && failure instanceof CancelledError
                    && Objects.equals(failure.getMessage(), entry.getValue().getMessage());
            if (entry.getValue() == failure || isOfTask) {
                return entry.getKey();
            }
        }
        return -1;
    }

    /** What a cancelled probe throws where no task is; an Error, like {@link CancelledError}, but one that means nothing to the runtime. */
    static final class ProbeCancelled extends Error {

        private static final long serialVersionUID = 1L;

        ProbeCancelled(String message) {
            super(message);
        }
    }

    /** Ends a run that does not end by itself. */
    static final class Runaway extends Error {

        private static final long serialVersionUID = 1L;

        Runaway() {
            super("the run does not end");
        }
    }
}
