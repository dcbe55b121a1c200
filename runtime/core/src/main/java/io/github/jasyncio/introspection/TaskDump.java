package io.github.jasyncio.introspection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An unfinished task as it was at a moment.
 *
 * @param id counts the tasks of this loop's dump from 1
 * @param state {@code running}, {@code ready} (it has its turn soon) or {@code waiting}; with {@code , cancelling} behind it if it was
 *     asked to cancel itself
 * @param waitsFor in words; null if it is not waiting
 * @param stack where it stands, the most recent call first
 * @param awaitedBy who goes on when it is done
 */
public record TaskDump(
        int id,
        String name,
        String state,
        @Nullable String waitsFor,
        List<StackTraceElement> stack,
        List<Awaiter> awaitedBy) {

    private static final int MOST_AWAITERS = 10;

    public TaskDump {
        stack = List.copyOf(stack);
        awaitedBy = List.copyOf(awaitedBy);
    }

    /**
     * Who awaits a task.
     *
     * @param id the {@link TaskDump#id} in the same loop; 0 for a future that is not a task, or if the task is not in the dump
     * @param name the task's name, or the future in words
     */
    public record Awaiter(int id, String name) {}

    /** The names of those that await it, separated by commas; of many the first. */
    String awaiterNames() {
        String names = String.join(
                ", ", awaitedBy.stream().limit(MOST_AWAITERS).map(Awaiter::name).toList());
        return awaitedBy.size() <= MOST_AWAITERS
                ? names
                : names + " and " + (awaitedBy.size() - MOST_AWAITERS) + " more";
    }
}
