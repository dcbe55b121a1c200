package io.github.jasyncio.introspection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The await graph as a tree: below each task where it stands, from the outside in, and then what it waits for.
 *
 * <p>A task that several await is shown in full once. One that awaits itself, by way of others, is marked, and the whole chain is named at the
 * end: these tasks wait for ever.
 */
final class DumpTree {

    /** From here on a branch is cut off: nobody reads that far to the right. */
    private static final int MAX_DEPTH = 100;

    private final LoopDump loop;
    private final Map<Integer, TaskDump> byId = new HashMap<>();
    private final Map<Integer, List<TaskDump>> waitsFor = new HashMap<>();
    private final Set<Integer> written = new HashSet<>();
    private final List<TaskDump> way = new ArrayList<>();
    private final List<String> cycles = new ArrayList<>();
    private final StringBuilder text;

    private DumpTree(LoopDump loop, StringBuilder text) {
        this.loop = loop;
        this.text = text;
        for (TaskDump task : loop.tasks()) {
            byId.put(task.id(), task);
            for (TaskDump.Awaiter awaiter : task.awaitedBy()) {
                waitsFor.computeIfAbsent(awaiter.id(), id -> new ArrayList<>()).add(task);
            }
        }
    }

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
            DumpText.appendWarning(text, loop);
            new DumpTree(loop, text).write();
            DumpText.appendMore(text, loop);
        }
        return text.toString();
    }

    private void write() {
        List<TaskDump> roots = new ArrayList<>();
        Set<Integer> reached = new HashSet<>();
        for (TaskDump task : loop.tasks()) {
            if (task.awaitedBy().stream().noneMatch(awaiter -> byId.containsKey(awaiter.id()))) {
                roots.add(task);
                reach(task, reached);
            }
        }
        // What is left goes round in circles: somewhere one has to begin.
        for (TaskDump task : loop.tasks()) {
            if (!reached.contains(task.id())) {
                roots.add(task);
                reach(task, reached);
            }
        }
        writeAll(roots, "");
        cycles.forEach(cycle -> text.append(cycle).append('\n'));
    }

    private void reach(TaskDump root, Set<Integer> reached) {
        List<TaskDump> toFollow = new ArrayList<>(List.of(root));
        reached.add(root.id());
        while (!toFollow.isEmpty()) {
            for (TaskDump task : awaited(toFollow.remove(toFollow.size() - 1))) {
                if (reached.add(task.id())) {
                    toFollow.add(task);
                }
            }
        }
    }

    private List<TaskDump> awaited(TaskDump task) {
        return waitsFor.getOrDefault(task.id(), List.of());
    }

    private void writeAll(List<TaskDump> tasks, String indent) {
        for (int i = 0; i < tasks.size(); i++) {
            boolean isLast = i == tasks.size() - 1;
            write(tasks.get(i), indent + (isLast ? "└── " : "├── "), indent + (isLast ? "    " : "│   "));
        }
    }

    private void write(TaskDump task, String branch, String indent) {
        text.append(branch).append(task.name());
        if (way.contains(task)) {
            text.append(" (a cycle: it awaits itself)\n");
            noteCycle(task);
            return;
        }
        if (!written.add(task.id())) {
            text.append(" (see above)\n");
            return;
        }
        if (way.size() == MAX_DEPTH) {
            text.append(" ... and so on\n");
            return;
        }
        text.append(", ").append(task.state());
        List<TaskDump> awaited = awaited(task);
        if (awaited.isEmpty() && task.waitsFor() != null) {
            text.append(" for ").append(task.waitsFor());
        }
        text.append('\n');
        for (int i = task.stack().size() - 1; i >= 0; i--) {
            text.append(indent)
                    .append(awaited.isEmpty() ? "    " : "│   ")
                    .append(task.stack().get(i))
                    .append('\n');
        }
        way.add(task);
        writeAll(awaited, indent);
        way.remove(way.size() - 1);
    }

    private void noteCycle(TaskDump end) {
        StringBuilder chain = new StringBuilder("A cycle, these tasks wait for ever: ");
        for (TaskDump task : way.subList(way.indexOf(end), way.size())) {
            chain.append(task.name()).append(" awaits ");
        }
        cycles.add(chain.append(end.name()).toString());
    }
}
