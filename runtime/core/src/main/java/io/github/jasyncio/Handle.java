package io.github.jasyncio;

import io.github.jasyncio.internal.ObjectText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A callback that waits for its turn.
 *
 * <p>Semantics: {@code asyncio.Handle}. It is itself the entry in the ready queue. Loop-confined.
 */
public sealed class Handle permits TimerHandle, DoneCallback {

    /** The next older one in the {@link Inbox}, if it came from another thread. */
    @Nullable
    Handle older;

    // callback --cancel--> CANCELLED; running it changes nothing, so one that has run can still be cancelled, without
    // effect.
    private Object callback;

    private final Object scope;

    /**
     * A callback and where it runs.
     *
     * @param callback a {@link Runnable}, unless a subclass invokes it otherwise
     * @param scope the {@link VarMap} with which it runs, or the {@link Context} in which it runs
     */
    Handle(Object callback, Object scope) {
        this.callback = callback;
        this.scope = scope;
    }

    /** Refuses what is none. */
    static void check(@Nullable Runnable callback, String operation) {
        if (callback == null) {
            throw new NullPointerException(operation + ": a callback was expected, got null");
        }
    }

    /** Takes the callback back: it will not run any more. One that has run stays run. Semantics: {@code Handle.cancel}. */
    public void cancel() {
        callback = Cancelled.MARK;
    }

    /** True if {@link #cancel} was called, even too late. Semantics: {@code Handle.cancelled}. */
    public final boolean isCancelled() {
        return callback == Cancelled.MARK;
    }

    /** Runs the callback as the loop does it: in its context, its failure going to the exception handler. */
    final void runIn(BaseLoop loop, ThreadState thread) {
        Object callback = this.callback;
        if (callback == Cancelled.MARK) {
            return;
        }
        try {
            if (thread.vars != scope) {
                thread.enter(scope);
            }
            invoke(callback);
        } catch (KeyboardInterrupt e) {
            throw e;
        } catch (Throwable t) {
            // asyncio calls the handler in the callback's context as well.
            report(loop, callback, t);
        }
        thread.leaveContext();
    }

    void invoke(Object callback) {
        ((Runnable) callback).run();
    }

    final Object callback() {
        return callback;
    }

    private void report(BaseLoop loop, Object callback, Throwable failure) {
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("message", "Exception in callback " + describe(callback));
        context.put("exception", failure);
        context.put("handle", this);
        loop.callExceptionHandler(context);
    }

    /** Names a callback: what it says of itself, or else its class; a lambda's class has no name, so where it was written. */
    static String describe(Object callback) {
        String className = callback.getClass().getName();
        int lambda = className.indexOf("$$Lambda");
        if (lambda >= 0) {
            return "lambda in " + className.substring(0, lambda);
        }
        String text = ObjectText.of(callback);
        return text.startsWith(className + "@") ? className : text;
    }

    @Override
    public String toString() {
        return "<" + getClass().getSimpleName() + (isCancelled() ? " cancelled" : "") + details()
                + (isCancelled() ? "" : " " + describe(callback)) + FutureText.createdAt(this) + ">";
    }

    String details() {
        return "";
    }

    private enum Cancelled {
        MARK
    }
}
