package io.github.jasyncio.introspection;

import java.util.List;

/**
 * All open event loops of the process, and their unfinished tasks, as they were at a moment.
 *
 * @param loops in the order in which they were made
 */
public record Dump(List<LoopDump> loops) {

    public Dump {
        loops = List.copyOf(loops);
    }

    /** For people: loop by loop, each task with its state, its call stack and who awaits it, much like a thread dump. */
    @Override
    public String toString() {
        return DumpText.of(this);
    }

    /** For programs: an object with an array {@code loops}; everything in it is named as the components of the records are. */
    public String toJson() {
        return DumpJson.of(this);
    }

    /** A table with a row for each task, as {@code python -m asyncio ps} of Python 3.14 gives it. */
    public String toTable() {
        return DumpTable.of(this);
    }

    /** The await graph as a tree from those that nobody awaits to what they wait for, as {@code python -m asyncio pstree} gives it. */
    public String toTree() {
        return DumpTree.of(this);
    }
}
