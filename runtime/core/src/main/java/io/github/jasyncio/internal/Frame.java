package io.github.jasyncio.internal;

import io.github.jasyncio.Coroutine;
import io.github.jasyncio.internal.debug.Origins;
import io.github.jasyncio.internal.functions.NotData;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine that can stand still: the handle that an async method returns, and the place where its state is saved at a suspension.
 *
 * <p>For each async method the transformer generates one subclass, with a field per saved value. A <em>handle</em> holds receiver and
 * arguments and has run nothing. Awaiting it calls the body straight away ({@link #start}); only if the body suspends is a second object of
 * the class made, the <em>frame</em>, so that an await that does not suspend allocates nothing that outlives it. A driver that starts its
 * root coroutine lets the handle be the frame ({@link #startInPlace}).
 *
 * <p>All fields are transient, and no method but {@link #getValue} is named like a bean's getter: a coroutine is no data.
 *
 * @param <T> the type of the coroutine's value
 */
public abstract class Frame<T> extends Coroutine<T> {

    /** Nothing has run yet. */
    public static final int CREATED = 0;

    /** Runs, has finished, or goes on in a frame of its own. */
    public static final int STARTED = -1;

    /** Nothing has run yet, and debug mode is to hear of it if nothing ever will. */
    private static final int WATCHED = -2;

    // WATCHED --begin--> CREATED; in debug mode only
    // CREATED --begin--> STARTED <--enter / suspension--> 1, 2, ... (the suspension point at which it stands)
    /** Where the coroutine stands: {@link #CREATED}, {@link #STARTED}, or the number of its suspension point, counted from 1. */
    protected transient int state;

    /** The coroutine that awaits this one; meaningful while suspended. */
    transient @Nullable Frame<?> parent;

    /** For generated code. */
    @SuppressWarnings("this-escape") // to who keeps it, and looks at it later
    protected Frame() {
        // One plain static field on the way of every await: never taken without debug mode, so the JIT drops what is
        // behind it, and a handle that is awaited at once still costs nothing. That it was started shows in its state,
        // for free.
        if (DebugMode.isOn) {
            watch();
        }
    }

    private void watch() {
        if (Origins.keepCoroutine(this)) {
            state = WATCHED;
        }
    }

    /** Runs the body, with this object as its frame from the beginning. */
    public abstract @Nullable Object startInPlace(Execution execution);

    /** Goes on behind the suspension point at which this frame stands. */
    protected abstract @Nullable Object resume(Execution execution);

    /**
     * Where the coroutine stands in the source: the line of the suspension point, or of the method's beginning.
     *
     * @return class, method, file and line, as far as the class file tells
     */
    public abstract StackTraceElement location();

    /** The coroutine that awaits this one, if this one is suspended and awaited by another. */
    public final @Nullable Frame<?> parent() {
        return parent;
    }

    /** True while the coroutine stands at a suspension point. */
    public final boolean standsStill() {
        return state > CREATED;
    }

    /** The number of the suspension point at which the coroutine stands; only while it stands at one. */
    public final int suspensionPoint() {
        return state;
    }

    /** True if the coroutine has never run. */
    public final boolean hasNeverRun() {
        return state == CREATED || state == WATCHED;
    }

    /** Uses up a coroutine that has never run, and will not. */
    public final void discard() {
        begin();
    }

    /** Gives the coroutine away to somebody who answers for its being run: debug mode does not report it any more. */
    public final void handOver() {
        if (state == WATCHED) {
            unwatch();
        }
    }

    /**
     * Marks the suspended coroutine as running and tells where it stood.
     *
     * @return the number of its suspension point
     */
    protected final int enter() {
        int before = state;
        state = STARTED;
        return before;
    }

    /**
     * Uses up the coroutine: it can be started once.
     *
     * @throws IllegalStateException if it was started before
     */
    protected final void begin() {
        if (state != CREATED) {
            unwatch();
        }
        state = STARTED;
    }

    private void unwatch() {
        if (state != WATCHED) {
            throw startedBefore();
        }
        Origins.settle(this);
        state = CREATED;
    }

    private IllegalStateException startedBefore() {
        return new IllegalStateException(
                (standsStill() ? "coroutine is being awaited already: " : "cannot reuse already awaited coroutine: ")
                        + this
                        + "; call the async method again for a new coroutine, or make a Task of it (createTask) and"
                        + " await that");
    }

    /**
     * For serialisers, which would take the coroutine for data.
     *
     * @throws IllegalStateException always
     */
    public final Object getValue() {
        throw NotData.taken(this);
    }

    @Override
    public String toString() {
        StackTraceElement at = location();
        String state = hasNeverRun() ? "created" : standsStill() ? "suspended" : "started";
        String line = at.getLineNumber() < 0 ? "" : ":" + at.getLineNumber();
        return "<coroutine " + state + " " + at.getClassName() + "." + at.getMethodName()
                + (at.getFileName() == null ? "" : "(" + at.getFileName() + line + ")") + ">";
    }
}
