package io.github.jasyncio.testing.junit;

import io.github.jasyncio.EventLoop;
import io.github.jasyncio.ExceptionHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Failures of tasks and callbacks at which nobody else looks: an assertion that fails in a background task, say. Loop-confined. */
final class Unheard implements ExceptionHandler {

    private final List<AssertionError> failures = new ArrayList<>();

    @Override
    public void handle(EventLoop loop, Map<String, Object> context) {
        Throwable cause = context.get("exception") instanceof Throwable failure ? failure : null;
        StringBuilder text = new StringBuilder(String.valueOf(context.get("message")));
        if (cause != null) {
            text.append(": ").append(cause);
        }
        Object subject = context.getOrDefault("task", context.getOrDefault("future", context.get("handle")));
        if (subject != null) {
            text.append("\n    ").append(subject);
        }
        if (context.get("createdAt") instanceof List<?> places) {
            places.forEach(place -> text.append("\n    at ").append(place));
        }
        failures.add(new AssertionError(text.toString(), cause));
    }

    /** Moves them to what a test has left behind. */
    void check(LeftBehind left) {
        failures.forEach(left::add);
    }
}
