package io.github.jasyncio.internal;

import io.github.jasyncio.Awaitable;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Carries suspensions outwards and results inwards, for one thread of coroutines at a time.
 *
 * <p>Every rewritten body gets one as an argument, so that nothing on the way needs a thread-local look-up. It knows neither event loop
 * nor task: who drives coroutines (a task's step, say) owns one, calls {@link #run} or {@link #resume}, and when the answer is {@link
 * #SUSPENDED} asks {@link #awaited} what to wait for and {@link #innermost} where to go on. One execution may serve all tasks of a loop,
 * because between a suspension and its driver nothing else runs.
 *
 * <p>Confined to the thread that drives it.
 */
public final class Execution {

    /** The version of the protocol that rewritten code of this release speaks. */
    public static final int PROTOCOL = 1;

    /** What {@code start}, {@code resume} and every rewritten body answer when they must wait. Never a value of the user's. */
    public static final Object SUSPENDED = new Object() {
        @Override
        public String toString() {
            return "SUSPENDED";
        }
    };

    /** What the body of an async generator answers at its end; anything else but {@link #SUSPENDED} is a value that it emits. */
    public static final Object ENDED = new Object() {
        @Override
        public String toString() {
            return "ENDED";
        }
    };

    private final @Nullable FailureTraces traces;

    /** Where to go on. Kept until the next suspension: most are in the same frame as the one before, and then nothing need be stored. */
    private @Nullable Frame<?> innermost;

    /** The last that was linked in the suspension that is under way; null if none was. */
    private @Nullable Frame<?> outermost;

    private @Nullable Object awaited;
    private @Nullable Object value;
    private @Nullable Throwable error;

    /** Makes one for a driver, which keeps it. */
    public Execution() {
        this(FailureTraces.withoutLoop());
    }

    /**
     * Makes one for a driver that knows who awaits the coroutines it drives.
     *
     * @param traces told of failures; null if their traces are to stay as they are
     */
    public Execution(@Nullable FailureTraces traces) {
        this.traces = traces;
    }

    /**
     * Lets rewritten code pass if it speaks our protocol; every frame class begins with it.
     *
     * @param protocol of the rewriting
     * @param rewritten the class that was rewritten
     * @throws IncompatibleClassChangeError if it speaks another
     */
    public static void requireProtocol(int protocol, String rewritten) {
        if (protocol != PROTOCOL) {
            throw new IncompatibleClassChangeError(
                    rewritten + " was rewritten by a version of jasyncio that does not fit"
                            + " this runtime (it speaks protocol " + protocol + ", the runtime speaks " + PROTOCOL
                            + "); use the runtime and the Maven plugin, agent or javac plugin of the same version,"
                            + " and compile the class anew");
        }
    }

    // ------------------------------------------------------------------------------------------------ for what is
    // awaited

    /**
     * Begins a suspension: called by what cannot go on by itself.
     *
     * @param awaited what the driver has to wait for; null means only to give others a turn
     * @return {@link #SUSPENDED}
     */
    public Object suspendOn(@Nullable Object awaited) {
        this.outermost = null;
        this.awaited = awaited;
        return SUSPENDED;
    }

    // ------------------------------------------------------------------------------------------------ for coroutines

    /**
     * Links a frame behind those that suspended further in. Called where a frame is made; one that is resumed and suspends again is linked by {@link
     * #resume}, and so need not be.
     *
     * @return {@link #SUSPENDED}, for the caller to return in turn
     */
    public Object suspended(Frame<?> frame) {
        if (outermost == null) {
            innermost = frame;
        } else {
            outermost.parent = frame;
        }
        outermost = frame;
        return SUSPENDED;
    }

    /**
     * Links a frame that a body was started in, if the body stands in it.
     *
     * @param answer of the body, for the caller to return in turn
     */
    public @Nullable Object startedIn(Frame<?> frame, @Nullable Object answer) {
        if (answer == SUSPENDED && frame.standsStill()) {
            suspended(frame);
        }
        return answer;
    }

    /**
     * Goes on in the body of an async generator, which stands at an {@code emit}, from the middle of what runs now. If it suspends, it is linked, and the
     * caller links itself behind it.
     *
     * @param sent what the {@code emit} gives, unless there is a failure
     * @param failure to be thrown there
     * @return what the body emits, {@link #ENDED}, or {@link #SUSPENDED}; a failure is thrown
     */
    public @Nullable Object enter(Frame<?> body, @Nullable Object sent, @Nullable Throwable failure) {
        give(sent, failure);
        Object answer;
        try {
            answer = body.resume(this);
        } catch (Throwable t) {
            value = null; // as in resume
            error = null;
            throw t;
        }
        return outermost == body ? answer : startedIn(body, answer);
    }

    /** The body of an async generator has emitted, or ended: nobody awaits it any more. */
    public static void detach(Frame<?> body) {
        body.parent = null;
    }

    /** What the resumed coroutine was waiting for has come to: returns its value or throws its failure, the very same object. */
    public @Nullable Object result() {
        Throwable failure = error;
        if (failure != null) {
            error = null;
            throw Sneaky.<RuntimeException>failure(failure);
        }
        Object result = value;
        value = null;
        return result;
    }

    /**
     * Lets {@code coroutine} pass unless it is null; {@code await} and a tail call begin with it.
     *
     * @throws NullPointerException if there is nothing to await
     */
    public static Coroutine<?> present(@Nullable Coroutine<?> coroutine) {
        if (coroutine == null) {
            throw absent();
        }
        return coroutine;
    }

    /** The same for a future. */
    public static Future<?> present(@Nullable Future<?> future) {
        if (future == null) {
            throw absent();
        }
        return future;
    }

    /** The same for what may be either. */
    public static Awaitable<?> present(@Nullable Awaitable<?> awaitable) {
        if (awaitable == null) {
            throw absent();
        }
        return awaitable;
    }

    /** The same for one of Java's own stages. */
    public static CompletionStage<?> present(@Nullable CompletionStage<?> stage) {
        if (stage == null) {
            throw absent();
        }
        return stage;
    }

    /**
     * Gives back what an await has given. Where the value is to be used as an object, this is its one origin whether or not the await has suspended;
     * so that of a value that is null the JVM can say where it comes from: {@code because the return value of
     * "io.github.jasyncio.internal.Execution.await(Object)" is null}.
     */
    public static @Nullable Object await(@Nullable Object value) {
        return value;
    }

    private static NullPointerException absent() {
        return new NullPointerException("null cannot be awaited: an async method returned null instead of a coroutine"
                + " (write `return Coroutine.done();` or `return Coroutine.of(value);`), or await was given null");
    }

    // ------------------------------------------------------------------------------------------------ for drivers

    /**
     * Runs a coroutine from its beginning.
     *
     * @return its value, or {@link #SUSPENDED}; a failure is thrown
     */
    public @Nullable Object run(Coroutine<?> root) {
        Object answer = root instanceof Frame<?> frame ? frame.startInPlace(this) : root.start(this);
        if (answer == SUSPENDED && outermost == null) {
            innermost = null; // that of an earlier suspension
        }
        return answer;
    }

    /**
     * Goes on where a suspension stopped: at {@code frame} first, then outwards through those that await it, as far as they get. The Java stack
     * does not grow with their number.
     *
     * @param frame what {@link #innermost} said at the suspension
     * @param value what the awaited thing has come to, unless it failed
     * @param failure its failure, to be thrown where it is awaited
     * @return the value of the outermost coroutine, or {@link #SUSPENDED}; a failure is thrown
     */
    public @Nullable Object resume(Frame<?> frame, @Nullable Object value, @Nullable Throwable failure) {
        if (frame != innermost) {
            return goOn(frame, value, failure);
        }
        // Where one coroutine suspends over and over while all others wait, the call here resumes nobody else, and the
        // JIT inlines it. Who awaits it, and is resumed once, must not come to the same call.
        give(value, failure);
        Object result;
        try {
            result = frame.resume(this);
        } catch (Throwable t) {
            // It may have failed before it took what it was given: the stack was full, say. The next one is not to find
            // that; and as there may be no room for a call either, these come first.
            this.value = null;
            this.error = null;
            crosses(t, frame, failure);
            if (frame.parent == null) {
                throw t;
            }
            return goOn(frame.parent, null, t);
        }
        if (result == SUSPENDED) {
            attach(frame);
            return SUSPENDED;
        }
        return frame.parent == null ? result : goOn(frame.parent, result, null);
    }

    /** The same for any frame, by a call that many kinds of them come to. */
    private @Nullable Object goOn(Frame<?> frame, @Nullable Object value, @Nullable Throwable failure) {
        Frame<?> current = frame;
        Object result = value;
        Throwable error = failure;
        while (true) {
            give(result, error);
            try {
                result = current.resume(this);
                error = null;
            } catch (Throwable t) {
                // Not swallowed: thrown at the await of the parent, or out of here when there is none.
                this.value = null; // first, as above
                this.error = null;
                crosses(t, current, error);
                result = null;
                error = t;
            }
            if (result == SUSPENDED) {
                attach(current);
                return SUSPENDED;
            }
            Frame<?> parent = current.parent;
            if (parent == null) {
                if (error != null) {
                    throw Sneaky.<RuntimeException>failure(error);
                }
                return result;
            }
            current = parent;
        }
    }

    /** Mostly null, which they are already: whatever is resumed takes its result first of all. */
    private void give(@Nullable Object value, @Nullable Throwable failure) {
        if (value != null) {
            this.value = value;
        }
        if (failure != null) {
            error = failure;
        }
    }

    /**
     * After a resumed coroutine failed.
     *
     * @param received what was thrown at its await, which may be the same
     */
    private void crosses(Throwable failure, Frame<?> frame, @Nullable Throwable received) {
        if (traces != null && frame.parent != null && (failure != received || failure.getSuppressed().length > 0)) {
            traces.crosses(failure, frame, frame.parent);
        }
    }

    /** After a resumed coroutine suspended anew: links the frame that awaits those that were made meanwhile, if there is one. */
    private void attach(Frame<?> resumed) {
        // By a tail call it has left, and its parent awaits what it returned.
        Frame<?> frame = resumed.standsStill() ? resumed : resumed.parent;
        Frame<?> inner = outermost;
        if (inner == null) {
            if (innermost != frame) {
                innermost = frame;
            }
        } else if (frame != null && inner != frame) {
            inner.parent = frame;
        }
    }

    /** Where to go on after a suspension; null if nothing but what is {@link #awaited} stands between the driver and its value. */
    public @Nullable Frame<?> innermost() {
        return innermost;
    }

    /** What the suspension waits for; null means only to give others a turn. */
    public @Nullable Object awaited() {
        return awaited;
    }

    /** Whom to tell of failures; null if nobody wants to know. */
    public @Nullable FailureTraces traces() {
        return traces;
    }

    /** Forgets the last suspension, so that this object keeps nothing of it alive. */
    public void clear() {
        innermost = null;
        outermost = null;
        awaited = null;
    }
}
