package io.github.jasyncio;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Set;

/**
 * The text form of a {@link FutureCallGraph}, as {@code asyncio.format_call_graph} lays it out.
 *
 * <p>Each future is written once, with those that await it; where another way leads to it again only its name stands. So the text is as long
 * as the graph is large, and a cycle comes to an end.
 */
final class CallGraphText {

    private static final String INDENT = "    ";

    /** From here on a chain is only counted: nobody reads that far to the right. */
    private static final int MAX_DEPTH = 100;

    private final StringBuilder text = new StringBuilder();
    private final Set<FutureCallGraph> written = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<FutureCallGraph> onTheWay = Collections.newSetFromMap(new IdentityHashMap<>());

    /** What is still to be written: for each level its node, and those that await it. */
    private final Deque<Level> levels = new ArrayDeque<>();

    private record Level(FutureCallGraph node, Iterator<FutureCallGraph> awaitedBy) {}

    private CallGraphText() {}

    static String of(FutureCallGraph root) {
        CallGraphText writer = new CallGraphText();
        writer.write(root);
        while (!writer.levels.isEmpty()) {
            Level level = writer.levels.peek();
            if (level.awaitedBy().hasNext()) {
                writer.write(level.awaitedBy().next());
            } else {
                writer.levels.pop();
                writer.onTheWay.remove(level.node());
            }
        }
        return writer.text.toString();
    }

    private void write(FutureCallGraph node) {
        if (levels.size() == MAX_DEPTH) {
            line("* ... and so on");
        } else if (onTheWay.contains(node)) {
            line("* " + name(node) + " (a cycle: it awaits itself)");
        } else if (!written.add(node)) {
            line("* " + name(node) + " (see above)");
        } else {
            line("* " + name(node));
            writeStack(node);
            if (!node.awaitedBy().isEmpty()) {
                line("  + Awaited by:");
            }
            levels.push(new Level(node, node.awaitedBy().iterator()));
            onTheWay.add(node);
        }
    }

    private void writeStack(FutureCallGraph node) {
        if (!node.callStack().isEmpty()) {
            line("  + Call stack:");
            node.callStack().forEach(place -> line("  |   at " + place));
        }
    }

    private static String name(FutureCallGraph node) {
        Future<?> future = node.future();
        return future instanceof Task<?> task ? "Task '" + task.getName() + "'" : future.toString();
    }

    private void line(String words) {
        text.append(INDENT.repeat(levels.size())).append(words).append('\n');
    }
}
