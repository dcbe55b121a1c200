package io.github.jasyncio.testing.exploration;

import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Task;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what runs when, a line a step; or does not, because nobody will read it. */
class Interleaving {

    /** Writes nothing. */
    static final Interleaving UNRECORDED = new Interleaving();

    private Interleaving() {}

    void begins(ReadyEntry entry, boolean isEarlier) {}

    void ran(Object entry) {}

    static Interleaving recorded() {
        return new Recorded();
    }

    /** What was written. */
    String text() {
        return "";
    }

    private static final class Recorded extends Interleaving {

        private static final String AT_ITS_END = "its end";

        private final List<String> lines = new ArrayList<>();
        private @Nullable String beginning;
        private @Nullable Object runs;

        @Override
        void begins(ReadyEntry entry, boolean isEarlier) {
            Object what = entry.what;
            runs = what;
            EventLoop loop = EventLoop.running();
            String millis = loop == null ? "" : loop.time() / 1_000_000 + " ms";
            String from = what instanceof Task<?> task
                    ? (entry.isBeginning ? begins(task) : "goes on from " + place(task))
                    : "";
            beginning = String.format("%s %8s  %s %s", isEarlier ? "*" : " ", millis, name(what), from)
                    .stripTrailing();
        }

        @Override
        void ran(Object entry) {
            if (entry != runs) {
                return;
            }
            if (beginning != null && beginning.contains(LastSteps.class.getSimpleName() + ".take(")) {
                runs = null; // ours, not the program's
                return;
            }
            lines.add(beginning + (entry instanceof Task<?> task ? outcome(task) : ""));
            runs = null;
        }

        @Override
        String text() {
            if (runs != null) {
                lines.add(beginning + ", and there it ended");
                runs = null;
            }
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < lines.size(); i++) {
                text.append(String.format("%4d %s%n", i + 1, lines.get(i)));
            }
            return text.append("     (* before something that was ready earlier)")
                    .toString();
        }

        private static String name(Object what) {
            return what instanceof Task<?> task ? "Task '" + task.getName() + "'" : what.toString();
        }

        private static String outcome(Task<?> task) {
            if (!task.isDone()) {
                return ", awaits at " + place(task);
            }
            if (task.isCancelled()) {
                return ", is cancelled";
            }
            // The stack of a failed task is its failure's; to ask for the failure itself would count as looking at it.
            return task.getStack().isEmpty() ? ", ends" : ", fails at " + innermost(task.getStack());
        }

        /** Of a lambda's coroutine nothing is known before it runs. */
        private static String begins(Task<?> task) {
            String place = place(task);
            return place.startsWith(AT_ITS_END) ? "begins" : "begins " + place;
        }

        private static String place(Task<?> task) {
            return innermost(task.getStack());
        }

        /** The innermost line of the user's, and what of the runtime's it waits in. */
        private static String innermost(List<StackTraceElement> outermostFirst) {
            String inside = "";
            for (int i = outermostFirst.size() - 1; i >= 0; i--) {
                StackTraceElement element = outermostFirst.get(i);
                String className = element.getClassName();
                if (!isRuntimes(className)) {
                    return className.substring(className.lastIndexOf('.') + 1) + "." + element.getMethodName() + "("
                            + element.getFileName() + ":" + element.getLineNumber() + ")" + inside;
                }
                inside = ", in " + className.substring(className.lastIndexOf('.') + 1) + "." + element.getMethodName();
            }
            return AT_ITS_END + inside;
        }

        private static boolean isRuntimes(String className) {
            return className.matches(
                    "(io\\.github\\.jasyncio\\.(sync\\.|net\\.|process\\.|internal\\..*)?[A-Z]|java\\.|jdk\\.).*");
        }
    }
}
