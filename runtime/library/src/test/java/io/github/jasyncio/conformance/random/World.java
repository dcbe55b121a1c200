package io.github.jasyncio.conformance.random;

import static java.util.Objects.requireNonNull;

import io.github.jasyncio.ContextVar;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.Outcome;
import io.github.jasyncio.Task;
import io.github.jasyncio.conformance.TraceFormat;
import io.github.jasyncio.sync.Barrier;
import io.github.jasyncio.sync.BoundedSemaphore;
import io.github.jasyncio.sync.Condition;
import io.github.jasyncio.sync.Event;
import io.github.jasyncio.sync.LifoQueue;
import io.github.jasyncio.sync.Lock;
import io.github.jasyncio.sync.PriorityQueue;
import io.github.jasyncio.sync.Queue;
import io.github.jasyncio.sync.Semaphore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a program has made, by name, and what it has logged. Loop-confined. */
final class World {

    final EventLoop loop = EventLoop.builder().virtualTime().build();
    final List<Task<?>> tasks = new ArrayList<>();
    final List<String> lines = new ArrayList<>();

    /** What {@code count} counts, and conditions wait for. */
    int counter;

    private final Map<String, Object> named = new LinkedHashMap<>();
    private final Map<String, Integer> ranks = new HashMap<>();
    private final Set<Task<?>> selfish = new HashSet<>();
    private int lastRank;

    /** A line of the trace. The first part is who logs it. */
    void log(String who, List<String> words, @Nullable Object... parts) {
        List<@Nullable Object> all = new ArrayList<>();
        all.add(who);
        all.addAll(words);
        for (Object part : parts) {
            all.add(plain(part));
        }
        lines.add(TraceFormat.line(loop.time(), all.toArray()));
    }

    /** A gathering's outcomes as Python has them: the values and the exceptions themselves. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof List<?> values) {
            List<@Nullable Object> plain = new ArrayList<>();
            values.forEach(each -> plain.add(plain(each)));
            return plain;
        }
        if (value instanceof Outcome.Failure<?> failure) {
            return failure.error();
        }
        return value instanceof Outcome.Success<?> success ? plain(success.value()) : value;
    }

    // ------------------------------------------------------------------------------------------------ names

    /** Makes what is there from the start. */
    void make(List<String> words) {
        String name = words.get(1);
        int n = words.size() > 3 ? Integer.parseInt(words.get(3)) : 0;
        Object made =
                switch (words.get(2)) {
                    case "lock" -> new Lock();
                    case "event" -> new Event();
                    case "condition" -> new Condition();
                    case "semaphore" -> new Semaphore(n);
                    case "bounded" -> new BoundedSemaphore(n);
                    case "barrier" -> new Barrier(n);
                    case "queue" -> new Queue<Object>(n);
                    case "priority" -> new PriorityQueue<Integer>(n);
                    case "lifo" -> new LifoQueue<Object>(n);
                    case "variable" -> new ContextVar<>(name, "unset");
                    default -> throw new IllegalArgumentException(words.toString());
                };
        named.put(name, made);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // the generator gives each operation what it works on
    <V> V get(String name) {
        return (V) requireNonNull(named.get(name), name);
    }

    /** {@code name} is written with a {@code =} where it is defined. */
    <V> V put(String name, V value) {
        named.put(name.substring(1), value);
        return value;
    }

    <V> V put(String name, V value, int rank) {
        ranks.put(name.substring(1), rank);
        return put(name, value);
    }

    String nameOf(Object value) {
        return named.entrySet().stream()
                .filter(entry -> entry.getValue() == value)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("?");
    }

    List<String> sortedNames(Iterable<? extends Future<?>> futures) {
        List<String> names = new ArrayList<>();
        futures.forEach(future -> names.add(nameOf(future)));
        names.sort(null);
        return names;
    }

    /** Skips a node that names what the program has not made yet. */
    void check(List<String> words) {
        for (String word : words.subList(1, words.size())) {
            if (word.matches("[tfgshTGx]\\d+") && !named.containsKey(word)) {
                throw new Skip("no " + word);
            }
        }
    }

    // ------------------------------------------------------------------------------------------------ ranks

    int newRank() {
        return ++lastRank;
    }

    void checkRank(String name, Who who) {
        Integer rank = ranks.get(name);
        if (rank != null && rank <= who.rank()) {
            throw new Skip(name + " is older");
        }
        checkSelfish(named.get(name));
    }

    /** After a task has awaited itself, CPython's C tasks cannot be awaited any more; its Python tasks can. */
    private void checkSelfish(@Nullable Object task) {
        if (task != null && selfish.contains(task)) {
            throw new Skip("has awaited itself");
        }
    }

    /** Notes that a task is about to await itself. */
    void awaitsItself(Task<?> task) {
        checkSelfish(task);
        selfish.add(task);
    }

    int lowestRank(List<String> names) {
        return names.stream()
                .mapToInt(name -> ranks.getOrDefault(name, lastRank + 1))
                .min()
                .orElse(lastRank + 1);
    }

    // ------------------------------------------------------------------------------------------------ times

    static Duration ms(long n) {
        return Duration.ofMillis(n);
    }

    static @Nullable Duration delay(String word) {
        return word.equals("none") ? null : ms(Integer.parseInt(word));
    }

    /** That far from now, in nanoseconds of the loop's clock. */
    long after(Duration delay) {
        return loop.time() + delay.toNanos();
    }
}
