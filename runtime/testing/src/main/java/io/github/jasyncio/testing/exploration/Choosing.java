package io.github.jasyncio.testing.exploration;

import io.github.jasyncio.Task;
import io.github.jasyncio.internal.Chooser;
import io.github.jasyncio.testing.DeadlockError;
import io.github.jasyncio.testing.Reordering;
import io.github.jasyncio.testing.SimulatedNetwork;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What decides in one run: finds out what may run next at all, and asks the {@link Strategy} where that is more than one.
 *
 * <p>What runs nothing but bookkeeping of the runtime's, such as telling a gather that a child is done, is no choice: it runs as soon as it may.
 */
final class Choosing implements Chooser {

    /** So often others may be preferred to something that is ready: keeps loops that wait for somebody by yielding from going on for ever. */
    private static final int MOST_PASSED_OVER = 20;

    private final Strategy strategy;
    private final Rules rules;
    private final SimulatedNetwork network;
    private final Interleaving interleaving;

    private final IdentityHashMap<Object, ReadyEntry> ready = new IdentityHashMap<>();

    /** The queues of locks and the like in which futures stand. */
    private final IdentityHashMap<Object, Object> lines = new IdentityHashMap<>();

    /** Everything that has run, and how often. The names are made of who made what, so that they are the same in other runs. */
    private final IdentityHashMap<Object, Actor> actors = new IdentityHashMap<>();

    private final Actor outside = new Actor("");
    private final Path path = new Path();

    private Object running = new Object();
    private int steps;
    private boolean isOver;

    /** Set when a call on another thread does not end. */
    private @Nullable DeadlockError stuck;

    Choosing(Strategy strategy, Rules rules, SimulatedNetwork network, Interleaving interleaving) {
        this.strategy = strategy;
        this.rules = rules;
        this.network = network;
        this.interleaving = interleaving;
    }

    /** The program has ended: what is left is cleaned up in asyncio's order. */
    void end() {
        isOver = true;
    }

    Path path() {
        return path;
    }

    // ------------------------------------------------------------------------------------------------ what becomes
    // ready

    @Override
    public void queued(Object entry, boolean isBookkeeping, @Nullable Object awaited) {
        boolean isBeginning = entry instanceof Task<?> && !actors.containsKey(entry);
        Object line = awaited == null ? null : lines.remove(awaited);
        actorOf(entry);
        ready.put(entry, new ReadyEntry(entry, running, isBeginning, isBookkeeping, line, ReadyEntry.NO_TIMER));
    }

    @Override
    public void due(Object entry, long deadlineNanos, boolean isBookkeeping) {
        actorOf(entry);
        ready.put(entry, new ReadyEntry(entry, new Object(), false, isBookkeeping, null, deadlineNanos));
    }

    @Override
    public void waitsIn(Object future, Object queue) {
        lines.put(future, queue);
    }

    private ReadyEntry entryOf(Object what) {
        return ready.computeIfAbsent(what, ReadyEntry::fromOutside);
    }

    private Actor actorOf(Object what) {
        Actor known = actors.get(what);
        if (known == null) {
            known = actors.getOrDefault(running, outside).child();
            actors.put(what, known);
        }
        return known;
    }

    // ------------------------------------------------------------------------------------------------ what runs next

    @Override
    public int choose(List<Object> waiting) {
        List<ReadyEntry> entries = new ArrayList<>(waiting.size());
        waiting.forEach(what -> entries.add(entryOf(what)));
        int index = isOver ? 0 : pick(entries);
        ReadyEntry chosen = entries.get(index);
        ready.remove(chosen.what);
        running = chosen.what;
        actorOf(running).steps++;
        if (!chosen.isBookkeeping && !isOver) {
            interleaving.begins(chosen, index > 0 && isAnybodyPassedOver(entries, index));
        }
        return index;
    }

    private static boolean isAnybodyPassedOver(List<ReadyEntry> entries, int index) {
        return entries.subList(0, index).stream().anyMatch(entry -> !entry.isBookkeeping);
    }

    private int pick(List<ReadyEntry> entries) {
        List<Integer> possible = possible(entries);
        for (int index : possible) {
            if (entries.get(index).isBookkeeping) {
                return index;
            }
        }
        if (++steps > rules.mostSteps()) {
            throw new AssertionError("the program has not ended after " + rules.mostSteps()
                    + " steps: it goes round in circles, or the limit is too low (Schedules.maxSteps)");
        }
        int oldest = possible.get(0);
        if (possible.size() == 1 || entries.get(oldest).passedOver() >= MOST_PASSED_OVER) {
            return oldest;
        }
        List<ReadyEntry> candidates = possible.stream().map(entries::get).toList();
        Supplier<?> state = rules.state();
        int choice = Math.min(strategy.choose(candidates, state == null ? null : momentOf(state)), possible.size() - 1);
        path.add(choice, possible.size());
        candidates.subList(0, choice).forEach(ReadyEntry::passOver);
        return possible.get(choice);
    }

    /** The indices of what no other has to run before. */
    private List<Integer> possible(List<ReadyEntry> entries) {
        List<Integer> possible = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            if (rules.reordering() == Reordering.ANY || mayRunNow(i, entries)) {
                possible.add(i);
            }
        }
        return possible;
    }

    private static boolean mayRunNow(int index, List<ReadyEntry> entries) {
        for (int i = 0; i < index; i++) {
            if (entries.get(i).comesBefore(entries.get(index))) {
                return false;
            }
        }
        return true;
    }

    /** The user's state, and where everybody is: of two moments for which both are the same, the same follows. */
    private Object momentOf(Supplier<?> state) {
        Map<String, Integer> positions = new TreeMap<>();
        actors.values().forEach(actor -> positions.put(actor.name, actor.steps));
        return List.of(String.valueOf(state.get()), positions);
    }

    @Override
    public void ran(Object entry) {
        interleaving.ran(entry);
        DeadlockError stuck = this.stuck;
        if (stuck != null && !isOver) {
            throw stuck;
        }
        running = new Object();
    }

    @Override
    public void standsStill() {
        if (!isOver) {
            throw Waiting.forEver(network);
        }
    }

    @Override
    public long patienceNanos() {
        return rules.patience().toNanos();
    }

    @Override
    public void nothingCame() {
        throw Waiting.tooLong(
                "nothing is ready, and for " + seconds() + " nothing has come from other threads, from stages or from"
                        + " the system's network",
                network);
    }

    private String seconds() {
        return rules.patience().toMillis() / 1000.0 + " s of real time";
    }

    /**
     * Runs a call of {@code toThread} to its end, as a step of this order.
     *
     * @return false if it has not ended, for what would make it end does not run meanwhile
     */
    boolean runsInTurn(Thread call) throws InterruptedException {
        call.start();
        call.join(Math.max(1, rules.patience().toMillis()));
        if (!call.isAlive()) {
            return true;
        }
        StringBuilder text = new StringBuilder("a call on another thread has not ended after " + seconds()
                + "; under exploration such calls run one at a time, and the loop waits for each, so that a call that waits"
                + " for another, or for something on the loop, waits for ever. It is here:");
        for (StackTraceElement place : call.getStackTrace()) {
            text.append("\n    at ").append(place);
        }
        stuck = Waiting.tooLong(text.toString(), network);
        return false;
    }

    private static final class Actor {

        private final String name;
        private int steps;
        private int children;

        Actor(String name) {
            this.name = name;
        }

        Actor child() {
            return new Actor(name + "/" + children++);
        }
    }
}
