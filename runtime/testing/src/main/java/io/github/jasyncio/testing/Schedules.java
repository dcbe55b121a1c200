package io.github.jasyncio.testing;

import io.github.jasyncio.AsyncCallable;
import io.github.jasyncio.AsyncFunction;
import io.github.jasyncio.Asyncio;
import io.github.jasyncio.testing.exploration.Explorer;
import io.github.jasyncio.testing.exploration.Rules;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs an async program under many orders of what may come in more than one, and finds those under which it fails.
 *
 * <pre>{@code
 * Exploration exploration = Schedules.explore(() -> transferTwice()).times(1000).run();
 * exploration.assertNoFailures();
 * }</pre>
 *
 * <p>Each run has a loop of its own with virtual time, so that sleeping takes none, and a {@link SimulatedNetwork} of its own, so that clients and servers are
 * part of it; and calls the program anew: what it changes should be made anew as well. A run fails if the program does, if a task or callback fails and nobody looks, if everybody waits and nothing can come, or if it does not end. Calls
 * of {@code toThread} run one at a time, when the order says so; other threads, real time and chance are not under control.
 *
 * <p>asyncio has no counterpart. What may come in another order is said at {@link Reordering}. A program is explored by the thread that calls
 * {@link #run}, on which no loop may run.
 */
public final class Schedules {

    private final AsyncFunction<SimulatedNetwork, ?> program;
    private int times = 1000;
    private long seed;
    private Search search = Search.AUTOMATIC;
    private Reordering reordering = Reordering.LEGAL;
    private int mostFailures = 1;
    private int mostSteps = 100_000;
    private boolean isStrict;
    private @Nullable Supplier<?> state;
    private @Nullable Supplier<SimulatedNetwork> networks;
    private Duration patience = Duration.ofSeconds(10);

    private Schedules(AsyncFunction<SimulatedNetwork, ?> program) {
        this.program = program;
    }

    /** Says what to explore; {@link #run} then does. */
    public static <T> Schedules explore(AsyncCallable<T> program) {
        Objects.requireNonNull(program, "program");
        AsyncFunction<SimulatedNetwork, T> onAnyNetwork = network -> Asyncio.async(program);
        return new Schedules(onAnyNetwork);
    }

    /**
     * Says what to explore: a program that is told on which network it runs, so that it can make hosts, and let some vanish. Each run has a network of its
     * own, see {@link #network}.
     *
     * <pre>{@code
     * Schedules.explore(network -> {
     *     Task<Void> bank = network.host("bank").start(() -> serve(8080));
     *     ...
     * }).run().assertNoFailures();
     * }</pre>
     */
    public static <T> Schedules explore(AsyncFunction<SimulatedNetwork, T> program) {
        return new Schedules(Objects.requireNonNull(program, "program"));
    }

    /**
     * Runs a program under the one order that a failure has named.
     *
     * @param schedule what {@link ScheduleFailure#schedule} was; empty for asyncio's own order
     * @throws IllegalArgumentException if it is no schedule
     */
    public static <T> Exploration replay(String schedule, AsyncCallable<T> program) {
        return explore(program).replay(schedule);
    }

    /**
     * Runs the program under the one order that a failure has named, with the reordering that was set here.
     *
     * @throws IllegalArgumentException if it is no schedule
     */
    public Exploration replay(String schedule) {
        return explorer().replay(schedule);
    }

    /**
     * The same for a program that is told on which network it runs.
     *
     * @param schedule what {@link ScheduleFailure#schedule} was; empty for asyncio's own order
     * @throws IllegalArgumentException if it is no schedule
     */
    public static <T> Exploration replay(String schedule, AsyncFunction<SimulatedNetwork, T> program) {
        return explore(program).replay(schedule);
    }

    /** Tries at most so many orders; 1000 if nothing is said. */
    public Schedules times(int times) {
        if (times < 1) {
            throw new IllegalArgumentException("Schedules.times: at least 1 was expected, got " + times);
        }
        this.times = times;
        return this;
    }

    /** Where random orders begin, and what the network leaves to chance; 0 if nothing is said. The same seed finds the same. */
    public Schedules seed(long seed) {
        this.seed = seed;
        return this;
    }

    /**
     * Makes the network of each run: all that the program opens is on it, and on no other. If nothing is said it is a {@code new SimulatedNetwork(seed)}. The
     * hosts may be linked before, and should be the same each time.
     */
    public Schedules network(Supplier<SimulatedNetwork> networks) {
        this.networks = Objects.requireNonNull(networks, "networks");
        return this;
    }

    /**
     * How long, in real time, a run may wait for what goes on outside of its loop: calls on other threads, stages of Java's own. After that it fails with a
     * {@link DeadlockError}; ten seconds if nothing is said.
     */
    public Schedules patience(Duration realTime) {
        if (realTime.isZero() || realTime.isNegative()) {
            throw new IllegalArgumentException("Schedules.patience: more than 0 was expected, got " + realTime);
        }
        this.patience = realTime;
        return this;
    }

    /** How to look for orders; {@link Search#AUTOMATIC} if nothing is said. */
    public Schedules search(Search search) {
        this.search = Objects.requireNonNull(search, "search");
        return this;
    }

    /** What may come in another order; {@link Reordering#LEGAL} if nothing is said. */
    public Schedules reordering(Reordering reordering) {
        this.reordering = Objects.requireNonNull(reordering, "reordering");
        return this;
    }

    /** Goes on until so many failures of different kinds are found; one if nothing is said. */
    public Schedules stopAfter(int failures) {
        if (failures < 1) {
            throw new IllegalArgumentException("Schedules.stopAfter: at least 1 was expected, got " + failures);
        }
        this.mostFailures = failures;
        return this;
    }

    /** A run that takes more steps than this fails, because it does not seem to end; 100,000 if nothing is said. */
    public Schedules maxSteps(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("Schedules.maxSteps: at least 1 was expected, got " + steps);
        }
        this.mostSteps = steps;
        return this;
    }

    /** Fails a run that leaves tasks behind, unless they have been asked to cancel themselves. asyncio's {@code run} cancels them in silence. */
    public Schedules failOnTasksLeftBehind() {
        this.isStrict = true;
        return this;
    }

    /**
     * Tells moments of the program apart, so that a search of all orders need not run twice what follows the same moment: two are the same if everybody has
     * taken as many steps, and this gives texts that are equal.
     *
     * @param state all that the program can change and read again, such as its counters; anything with a good {@code toString}
     */
    public Schedules state(Supplier<?> state) {
        this.state = Objects.requireNonNull(state, "state");
        return this;
    }

    /**
     * Explores.
     *
     * @throws IllegalStateException if a loop runs on this thread
     */
    public Exploration run() {
        return explorer().explore();
    }

    private Explorer explorer() {
        Supplier<SimulatedNetwork> given = networks;
        Supplier<SimulatedNetwork> networks = given == null ? () -> new SimulatedNetwork(seed) : given;
        Rules rules = new Rules(reordering, mostSteps, patience, networks, state, isStrict, true);
        return new Explorer(
                (runner, network) -> runner.run(Asyncio.async(() -> program.apply(network))),
                rules,
                times,
                seed,
                search,
                mostFailures);
    }
}
