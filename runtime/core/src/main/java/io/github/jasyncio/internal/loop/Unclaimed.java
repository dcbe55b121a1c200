package io.github.jasyncio.internal.loop;

import io.github.jasyncio.EventLoop;
import io.github.jasyncio.internal.generators.OpenGenerators;

/**
 * What the garbage collector tells a loop of: failures at which nobody will look any more, and async generators that nobody will close. As long as there is
 * anything that it could tell of, the loop asks in each turn. Loop-confined.
 */
public final class Unclaimed {

    private final UnseenFailures failures = new UnseenFailures();
    private final OpenGenerators generators;
    private final Runnable whenAny;

    /**
     * Nothing.
     *
     * @param whenAny called when there is something
     */
    public Unclaimed(EventLoop loop, Runnable whenAny) {
        this.generators = new OpenGenerators(loop, whenAny);
        this.whenAny = whenAny;
    }

    /** True if there is nothing to ask for. */
    public boolean isEmpty() {
        return failures.isEmpty() && generators.isEmpty();
    }

    /**
     * Reports the failures, and closes the generators, that have become garbage.
     *
     * @param mayClose false where all runs of a program must be alike: when something is collected nobody can say. Generators are closed at the end then
     */
    public void ask(boolean mayClose) {
        failures.reportCollected();
        if (mayClose) {
            generators.closeCollected();
        }
    }

    /** Has a failure reported at which nobody ever looks. */
    public void add(UnseenFailures.Entry failure) {
        failures.add(failure);
        whenAny.run();
    }

    /** The failures. */
    public UnseenFailures failures() {
        return failures;
    }

    /** The generators that have begun and not ended. */
    public OpenGenerators generators() {
        return generators;
    }
}
