package io.github.jasyncio.introspection;

/** The form for people. */
final class DumpText {

    private DumpText() {}

    static String of(Dump dump) {
        StringBuilder text = new StringBuilder();
        if (dump.loops().isEmpty()) {
            text.append("No event loops\n");
        }
        for (LoopDump loop : dump.loops()) {
            if (text.length() > 0) {
                text.append('\n');
            }
            text.append(loop.title()).append('\n');
            appendWarning(text, loop);
            loop.tasks().forEach(task -> append(text, task));
            appendMore(text, loop);
        }
        return text.toString();
    }

    static void appendWarning(StringBuilder text, LoopDump loop) {
        if (!loop.answered()) {
            text.append("  ").append(loop.warning()).append('\n');
            loop.threadStack()
                    .forEach(place -> text.append("    at ").append(place).append('\n'));
        }
    }

    static void appendMore(StringBuilder text, LoopDump loop) {
        int missing = loop.taskCount() - loop.tasks().size();
        if (missing > 0) {
            text.append("  ... and ").append(missing).append(missing == 1 ? " more task\n" : " more tasks\n");
        }
    }

    private static void append(StringBuilder text, TaskDump task) {
        text.append("  Task '").append(task.name()).append("' ").append(task.state());
        if (task.waitsFor() != null) {
            text.append(" for ").append(task.waitsFor());
        }
        if (!task.awaitedBy().isEmpty()) {
            text.append("; awaited by ").append(task.awaiterNames());
        }
        text.append('\n');
        task.stack().forEach(place -> text.append("    at ").append(place).append('\n'));
    }
}
