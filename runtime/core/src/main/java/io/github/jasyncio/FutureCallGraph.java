package io.github.jasyncio;

import io.github.jasyncio.internal.ObjectText;
import io.github.jasyncio.internal.introspection.AwaitedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * A future or task, where it stands, and who awaits it: one node of the await graph as it was at a moment.
 *
 * <p>Semantics: {@code asyncio.FutureCallGraph} of Python 3.14. Different: each future is there once, however many ways lead to it; so whoever
 * awaits itself, in a chain of any length, is found by following {@link #awaitedBy} back to the node. {@link #cycle} does so. Immutable.
 */
public final class FutureCallGraph {

    private final Future<?> future;
    private final List<StackTraceElement> callStack;
    private final List<FutureCallGraph> awaitedBy = new ArrayList<>();

    private FutureCallGraph(Future<?> future) {
        this.future = future;
        this.callStack = future instanceof Task<?> task ? List.copyOf(task.callStack()) : List.of();
    }

    static FutureCallGraph of(Future<?> future) {
        IdentityHashMap<Future<?>, FutureCallGraph> nodes = new IdentityHashMap<>();
        Deque<FutureCallGraph> toComplete = new ArrayDeque<>();
        FutureCallGraph root = new FutureCallGraph(future);
        nodes.put(future, root);
        toComplete.add(root);
        while (!toComplete.isEmpty()) {
            FutureCallGraph node = toComplete.poll();
            for (Future<?> waiter : AwaitedBy.of(node.future)) {
                FutureCallGraph known = nodes.get(waiter);
                if (known == null) {
                    known = new FutureCallGraph(waiter);
                    nodes.put(waiter, known);
                    toComplete.add(known);
                }
                node.awaitedBy.add(known);
            }
        }
        return root;
    }

    /** The future, or the task. */
    public Future<?> future() {
        return future;
    }

    /** Where a pending task stands, the most recent call first; empty for a future, and for a task that is done. */
    public List<StackTraceElement> callStack() {
        return callStack;
    }

    /** Those that go on when it is done, in the order in which they began to wait. */
    public List<FutureCallGraph> awaitedBy() {
        return Collections.unmodifiableList(awaitedBy);
    }

    /**
     * A way on which this awaits itself, the shortest: this first, then who awaits it, and so on; the last is awaited by this. Empty if there is
     * none. Tasks of such a chain wait for ever, unless one of them is cancelled.
     */
    public List<FutureCallGraph> cycle() {
        IdentityHashMap<FutureCallGraph, FutureCallGraph> cameFrom = new IdentityHashMap<>();
        Deque<FutureCallGraph> toLookAt = new ArrayDeque<>(List.of(this));
        while (!toLookAt.isEmpty()) {
            FutureCallGraph node = toLookAt.poll();
            for (FutureCallGraph waiter : node.awaitedBy) {
                if (waiter == this) {
                    return way(node, cameFrom);
                }
                if (cameFrom.putIfAbsent(waiter, node) == null) {
                    toLookAt.add(waiter);
                }
            }
        }
        return List.of();
    }

    private List<FutureCallGraph> way(FutureCallGraph end, IdentityHashMap<FutureCallGraph, FutureCallGraph> cameFrom) {
        List<FutureCallGraph> way = new ArrayList<>();
        for (FutureCallGraph node = end; node != null; node = node == this ? null : cameFrom.get(node)) {
            way.add(node);
        }
        Collections.reverse(way);
        return Collections.unmodifiableList(way);
    }

    /** As {@link Asyncio#formatCallGraph(Future)} shows it. */
    @Override
    public String toString() {
        return Text.of(this);
    }

    /**
     * Its text form, as {@code asyncio.format_call_graph} lays it out.
     *
     * <p>Each future is written once, with those that await it; where another way leads to it again only its name stands. So the text is as long
     * as the graph is large, up to a limit, and a cycle comes to an end.
     */
    private static final class Text {

        private static final String INDENT = "    ";

        /** From here on a chain is only counted: nobody reads that far to the right. */
        private static final int MAX_DEPTH = 100;

        /** From here on the text ends. */
        private static final int MAX_LINES = 3000;

        private static final int MAX_PLACES = 100;

        private final StringBuilder text = new StringBuilder();
        private int lines;
        private final Set<FutureCallGraph> written = Collections.newSetFromMap(new IdentityHashMap<>());
        private final Set<FutureCallGraph> onTheWay = Collections.newSetFromMap(new IdentityHashMap<>());

        /** What is still to be written: for each level its node, and those that await it. */
        private final Deque<Level> levels = new ArrayDeque<>();

        private record Level(FutureCallGraph node, Iterator<FutureCallGraph> awaitedBy) {}

        private Text() {}

        static String of(FutureCallGraph root) {
            Text writer = new Text();
            writer.write(root);
            while (!writer.levels.isEmpty()) {
                Level level = writer.levels.peek();
                if (writer.lines >= MAX_LINES) {
                    writer.line("* ... and so on");
                    break;
                }
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
            List<StackTraceElement> places = node.callStack();
            if (places.isEmpty()) {
                return;
            }
            line("  + Call stack:");
            places.stream().limit(MAX_PLACES).forEach(place -> line("  |   at " + place));
            if (places.size() > MAX_PLACES) {
                line("  |   ... and " + (places.size() - MAX_PLACES) + " more");
            }
        }

        private static String name(FutureCallGraph node) {
            Future<?> future = node.future();
            return future instanceof Task<?> task ? "Task '" + ObjectText.of(task.getName()) + "'" : future.toString();
        }

        private void line(String words) {
            lines++;
            text.append(INDENT.repeat(levels.size())).append(words).append('\n');
        }
    }
}
