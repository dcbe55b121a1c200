package io.github.jasyncio.internal.generators;

import io.github.jasyncio.EventLoop;
import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Frame;
import io.github.jasyncio.internal.debug.Origins;
import io.github.jasyncio.internal.debug.UserFrames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code AsyncGenerator} stands for: the body, and how far it has come. Apart from it, so that a loop can close the body of a generator that nobody has
 * any more.
 *
 * <p>Semantics: the fields of CPython's {@code PyAsyncGenObject}. Confined to whoever goes through it.
 */
public final class GeneratorBody {

    // created --step--> running <--emit / step--> standing; running --return, failure--> ended; created --close-->
    // ended
    /** Null when it has ended: then nothing of it is kept alive. */
    private @Nullable Frame<?> frame;

    /** A step is under way; it may be suspended. */
    private boolean isRunning;

    /** It has been closed: if it is still there, it has emitted all the same. */
    private boolean isClosed;

    /** What was fetched by {@code hasNext} and not yet taken. */
    private @Nullable Object fetched;

    private boolean hasFetched;

    /** Where its loop notes that it is there; null before it is asked for the first time on a loop. */
    private OpenGenerators.@Nullable Entry entry;

    private GeneratorBody(@Nullable Frame<?> frame) {
        this.frame = frame;
    }

    /** One that has not begun, and may never: nothing has been forgotten then. */
    public static GeneratorBody of(Frame<?> frame) {
        frame.handOver();
        return new GeneratorBody(frame);
    }

    /** One that gives nothing. */
    public static GeneratorBody ended() {
        return new GeneratorBody(null);
    }

    // ------------------------------------------------------------------------------------------------ state

    boolean hasEnded() {
        return frame == null;
    }

    boolean isCreated() {
        return frame != null && frame.hasNeverRun();
    }

    boolean isRunning() {
        return isRunning;
    }

    boolean isClosed() {
        return isClosed;
    }

    void close() {
        isClosed = true;
    }

    /**
     * One at a time.
     *
     * @param method of {@code AsyncGenerator} that asks
     * @throws IllegalStateException if somebody else goes through it at this moment
     */
    void checkNotRunning(String method) {
        if (isRunning) {
            throw new IllegalStateException(method + "(): asynchronous generator is already running: " + this
                    + "; await one of its coroutines before you begin the next");
        }
    }

    // ------------------------------------------------------------------------------------------------ what was fetched

    boolean hasFetched() {
        return hasFetched;
    }

    void fetched(@Nullable Object value) {
        fetched = value;
        hasFetched = true;
    }

    @Nullable
    Object takeFetched() {
        Object value = fetched;
        fetched = null;
        hasFetched = false;
        return value;
    }

    // ------------------------------------------------------------------------------------------------ steps

    /**
     * Somebody asks something of it: from now on the loop that runs has to close it, even if nothing of it comes to run, as in CPython.
     *
     * @param generator that users have, which becomes garbage when nobody can ask any more
     */
    void asked(Object generator) {
        if (entry == null && frame != null) {
            EventLoop loop = EventLoop.running();
            entry = loop == null ? null : OpenGenerators.of(loop).add(this, generator);
        }
    }

    /**
     * Begins the body, or goes on behind the {@code emit} at which it stands.
     *
     * @param sent what that gives
     * @param failure to be thrown there, unless null
     * @return what it emits, {@link Execution#ENDED}, or {@link Execution#SUSPENDED}; then {@link #left} follows later
     */
    @Nullable
    Object step(Execution execution, @Nullable Object sent, @Nullable Throwable failure) {
        Frame<?> frame = this.frame;
        if (frame == null) {
            throw new AssertionError("a step of a generator that has ended (a bug in jasyncio)");
        }
        takeFetched();
        isRunning = true;
        return frame.hasNeverRun() ? frame.startInPlace(execution) : execution.enter(frame, sent, failure);
    }

    /** A step is over: the body emitted, or has ended. */
    void left(boolean hasEnded) {
        isRunning = false;
        Frame<?> frame = this.frame;
        if (frame != null) {
            Execution.detach(frame);
        }
        if (hasEnded) {
            end();
        }
    }

    /** A body that has not begun never will. */
    void discard() {
        if (frame != null) {
            frame.discard();
        }
        end();
    }

    private void end() {
        frame = null;
        takeFetched();
        if (entry != null) {
            entry.remove();
        }
    }

    /** Also where it was made, if debug mode was on then. */
    String description() {
        List<StackTraceElement> origin = frame == null ? List.of() : Origins.of(frame);
        return origin.isEmpty()
                ? toString()
                : this + ", created at " + UserFrames.place(origin.get(0)) + UserFrames.text(origin);
    }

    @Override
    public String toString() {
        Frame<?> frame = this.frame;
        if (frame == null) {
            return "<async generator ended>";
        }
        return frame.toString()
                .replace("<coroutine suspended", isRunning ? "<async generator running" : "<async generator suspended")
                .replace("<coroutine started", "<async generator running")
                .replace("<coroutine", "<async generator");
    }
}
