package io.github.jasyncio;

import io.github.jasyncio.internal.DebugMode;
import io.github.jasyncio.internal.Log;
import io.github.jasyncio.internal.ObjectText;
import io.github.jasyncio.internal.debug.Origins;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tells a loop's exception handler of failures, and survives a handler that fails. Semantics: {@code loop.call_exception_handler}. */
final class ExceptionReporter {

    /** In a context: where its task, future or callback was made, innermost place first; in debug mode. */
    static final String CREATED_AT = "createdAt";

    private final EventLoop loop;
    private @Nullable ExceptionHandler handler;

    ExceptionReporter(EventLoop loop) {
        this.loop = loop;
    }

    @Nullable
    ExceptionHandler handler() {
        return handler;
    }

    void setHandler(@Nullable ExceptionHandler handler) {
        this.handler = handler;
    }

    void call(Map<String, Object> context) {
        addOrigin(context);
        LoopTraces traces = loop.traces();
        if (traces != null && context.get("exception") instanceof Throwable failure) {
            traces.leaves(failure);
        }
        ExceptionHandler handler = this.handler;
        if (handler == null) {
            logSafely(context, "exception in default exception handler");
            return;
        }
        try {
            callInContext(handler, context);
        } catch (KeyboardInterrupt e) {
            throw e;
        } catch (Throwable t) {
            logSafely(
                    Map.of("message", "Unhandled error in exception handler", "exception", t, "context", context),
                    "exception in default exception handler while handling an unexpected error in custom exception"
                            + " handler");
        }
    }

    private static void addOrigin(Map<String, Object> context) {
        for (String key : List.of("task", "future", "handle")) {
            Object made = context.get(key);
            List<StackTraceElement> origin = made == null || !DebugMode.isOn() ? List.of() : Origins.of(made);
            if (!origin.isEmpty()) {
                context.putIfAbsent(CREATED_AT, origin);
            }
        }
    }

    /** A handler that is told of a task runs in the task's context. (One that is told of a callback is called in the callback's anyway.) */
    private void callInContext(ExceptionHandler handler, Map<String, Object> context) {
        Object thing = context.containsKey("task") ? context.get("task") : context.get("future");
        if (!(thing instanceof Task<?> task) || task.loop.current() == task) {
            handler.handle(loop, context);
            return;
        }
        ThreadState thread = loop.threadState();
        VarMap outerVars = thread.vars;
        Context outerContext = thread.entered;
        thread.enter(task.getContext());
        try {
            handler.handle(loop, context);
        } finally {
            thread.leave(outerVars, outerContext);
        }
    }

    private void logSafely(Map<String, ?> context, String whatFailed) {
        try {
            log(context);
        } catch (Throwable t) {
            // The last line of defence: the context may be a map of the user's own, and the loop must go on.
            Log.log(System.Logger.Level.ERROR, whatFailed, t);
        }
    }

    void log(Map<String, ?> context) {
        Object message = context.get("message");
        String text = message == null ? "" : ObjectText.of(message);
        StringBuilder lines = new StringBuilder(text.isEmpty() ? "Unhandled exception in event loop" : text);
        new TreeMap<>(context).forEach((key, value) -> {
            if (key.equals(CREATED_AT) && value instanceof List<?> stack) {
                lines.append("\ncreated at:");
                stack.forEach(frame -> lines.append("\n    at ").append(ObjectText.of(frame)));
            } else if (!key.equals("message") && !key.equals("exception")) {
                lines.append('\n').append(key).append(": ").append(ObjectText.of(value));
            }
        });
        Throwable failure = context.get("exception") instanceof Throwable throwable ? throwable : null;
        Log.log(System.Logger.Level.ERROR, lines.toString(), failure);
    }
}
