package io.github.jasyncio.conformance;

import io.github.jasyncio.CancelledError;
import io.github.jasyncio.ExceptionGroup;
import io.github.jasyncio.Task;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How values look in a trace: the rules of the corpus' README. */
public final class TraceFormat {

    /** By simple name, so that a trace of any package can be told without depending on it. */
    private static final Map<String, String> PYTHON_NAMES = Map.ofEntries(
            Map.entry("AsyncTimeoutException", "TimeoutError"),
            Map.entry("InvalidStateException", "InvalidStateError"),
            Map.entry("IllegalStateException", "RuntimeError"),
            Map.entry("IllegalArgumentException", "ValueError"),
            Map.entry("ArithmeticException", "ZeroDivisionError"),
            Map.entry("QueueEmptyException", "QueueEmpty"),
            Map.entry("QueueFullException", "QueueFull"),
            Map.entry("QueueShutDownException", "QueueShutDown"),
            Map.entry("BrokenBarrierException", "BrokenBarrierError"),
            Map.entry("IncompleteReadException", "IncompleteReadError"),
            Map.entry("LimitOverrunException", "LimitOverrunError"));

    /** What follows these in a message names objects. */
    private static final List<String> MESSAGES_CUT_SHORT = List.of(
            "Exception in callback",
            "an error occurred during closing of asynchronous generator",
            "Unhandled exception in client_connected_cb");

    private TraceFormat() {}

    /** A line of a trace: the time in milliseconds, then the parts. */
    public static String line(long nanos, @Nullable Object... parts) {
        return nanos / 1_000_000
                + Arrays.stream(parts).map(part -> " " + of(part)).collect(Collectors.joining());
    }

    /** A value, an exception included. */
    public static String of(@Nullable Object value) {
        if (value instanceof Collection<?> values) {
            return list(values);
        }
        if (value instanceof Throwable failure) {
            return failure(failure);
        }
        return value instanceof Task<?> task ? task.getName() : String.valueOf(value);
    }

    private static String list(Collection<?> values) {
        return values.stream().map(TraceFormat::of).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String failure(Throwable failure) {
        if (failure instanceof ExceptionGroup group) {
            return "ExceptionGroup" + list(group.exceptions());
        }
        String message = failure.getMessage();
        boolean hasOwnMessage = failure instanceof Boom || failure instanceof CancelledError;
        return name(failure) + (hasOwnMessage && message != null && !message.isEmpty() ? ": " + message : "");
    }

    /** The name of the nearest class for which Python has one. */
    static String name(Throwable failure) {
        for (Class<?> type = failure.getClass(); type != null; type = type.getSuperclass()) {
            String pythonName = PYTHON_NAMES.get(type.getSimpleName());
            if (pythonName != null) {
                return pythonName;
            }
        }
        return failure.getClass().getSimpleName();
    }

    /** The message of an exception handler's context, without what names objects. */
    public static String message(String message) {
        for (String prefix : MESSAGES_CUT_SHORT) {
            if (message.startsWith(prefix)) {
                return prefix;
            }
        }
        return message.startsWith("Task <") && message.contains("has errored out")
                ? "Task has errored out but its parent task is already completed"
                : message;
    }
}
