package io.github.jasyncio.introspection;

import java.util.ArrayList;
import java.util.List;

/** A row for each task; a call stack goes on in the rows below. */
final class DumpTable {

    private static final List<String> HEADER =
            List.of("LOOP", "TASK", "NAME", "STATE", "AWAITED BY", "COROUTINE STACK");

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>(List.of(HEADER));

    private DumpTable() {}

    static String of(Dump dump) {
        StringBuilder text = new StringBuilder();
        DumpTable table = new DumpTable();
        for (LoopDump loop : dump.loops()) {
            if (!loop.answered()) {
                text.append(loop.title()).append('\n');
                DumpText.appendWarning(text, loop);
                text.append('\n');
            }
            loop.tasks().forEach(task -> table.add(loop, task));
        }
        table.appendTo(text);
        for (LoopDump loop : dump.loops()) {
            DumpText.appendMore(text, loop);
        }
        return text.toString();
    }

    private void add(LoopDump loop, TaskDump task) {
        List<String> stack = new ArrayList<>();
        task.stack().forEach(place -> stack.add(place.toString()));
        String state = task.state() + (task.waitsFor() == null ? "" : " for " + task.waitsFor());
        rows.add(List.of(
                Long.toString(loop.id()),
                Integer.toString(task.id()),
                task.name(),
                state,
                task.awaiterNames(),
                stack.isEmpty() ? "" : stack.get(0)));
        for (int i = 1; i < stack.size(); i++) {
            rows.add(List.of("", "", "", "", "", stack.get(i)));
        }
    }

    private void appendTo(StringBuilder text) {
        int[] widths = new int[HEADER.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = row.get(i);
                line.append(cell).append(" ".repeat(widths[i] - cell.length())).append(GAP);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
    }
}
