package io.github.jasyncio;

import io.github.jasyncio.internal.DebugMode;
import io.github.jasyncio.internal.ObjectText;
import io.github.jasyncio.internal.debug.Origins;
import io.github.jasyncio.internal.debug.UserFrames;
import io.github.jasyncio.internal.loop.DoneCallbacks;
import java.util.ArrayList;
import java.util.List;

/** The text form of futures and tasks, as {@code asyncio.base_futures} has it. */
final class FutureText {

    private FutureText() {}

    static String of(Future<?> future) {
        ThreadState thread = ThreadState.current();
        if (!thread.beginPrinting(future)) {
            return "...";
        }
        try {
            StringBuilder text = new StringBuilder("<")
                    .append(future instanceof Task ? "Task" : "Future")
                    .append(' ')
                    .append(future.stateName());
            future.describe(text);
            appendOutcome(text, future);
            appendCallbacks(text, future);
            text.append(createdAt(future));
            return text.append('>').toString();
        } finally {
            thread.endPrinting(future);
            thread.forgetIfEmpty();
        }
    }

    /** Where something was made, if there is a record of it: as {@code  created at Orders.java:42}; else nothing. */
    static String createdAt(Object made) {
        List<StackTraceElement> origin = DebugMode.isOn() ? Origins.of(made) : List.of();
        return origin.isEmpty() ? "" : " created at " + UserFrames.place(origin.get(0));
    }

    private static void appendOutcome(StringBuilder text, Future<?> future) {
        if (future.state == Future.FINISHED) {
            text.append(" result=").append(ObjectText.value(future.value));
        } else if (future.state == Future.FAILED) {
            text.append(" exception=")
                    .append(ObjectText.of(
                            future.value instanceof UnseenFailure unseen ? unseen.failure() : future.value));
        }
    }

    private static void appendCallbacks(StringBuilder text, Future<?> future) {
        Object callbacks = future.callbacks();
        List<String> names = new ArrayList<>();
        if (callbacks instanceof DoneCallback<?> one) {
            names.add(Handle.describe(one.callback()));
        } else if (callbacks instanceof TaskWatcher watcher && !future.isDone()) {
            names.add(Handle.describe(watcher));
        } else if (callbacks instanceof DoneCallbacks several) {
            for (int i = 0; i < several.size(); i++) {
                if (several.get(i) instanceof DoneCallback<?> one) {
                    names.add(Handle.describe(one.callback()));
                }
            }
        }
        if (names.size() > 2) {
            names = List.of(names.get(0), "<" + (names.size() - 2) + " more>", names.get(names.size() - 1));
        }
        if (!names.isEmpty()) {
            text.append(" cb=[").append(String.join(", ", names)).append(']');
        }
    }
}
