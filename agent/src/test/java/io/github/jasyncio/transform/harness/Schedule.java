package io.github.jasyncio.transform.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * What each probe of one run does.
 *
 * @param name for messages
 * @param behaviours the behaviour of the probe with the given ordinal, in the order in which the run makes them, from 0
 */
record Schedule(String name, IntFunction<Behaviour> behaviours) {

    static final Schedule ALL_READY = all(Behaviour.READY);

    private static final Behaviour[] SUCCEEDING = {
        Behaviour.READY, Behaviour.SUSPENDS, Behaviour.SUSPENDS_THRICE, Behaviour.NESTED, Behaviour.TAIL
    };
    private static final Behaviour[] FAILING = {
        Behaviour.THROWS_BEFORE, Behaviour.THROWS_AFTER, Behaviour.NESTED_THROWS, Behaviour.CANCELLED
    };

    Behaviour behaviour(int ordinal) {
        return behaviours.apply(ordinal);
    }

    @Override
    public String toString() {
        return name;
    }

    static Schedule all(Behaviour behaviour) {
        return new Schedule("all " + behaviour, ordinal -> behaviour);
    }

    /** One probe does as told, all others another thing. */
    static Schedule only(int which, Behaviour behaviour, Behaviour others) {
        return new Schedule(
                "#" + which + " " + behaviour + ", others " + others, ordinal -> ordinal == which ? behaviour : others);
    }

    static Schedule alternating(Behaviour even, Behaviour odd) {
        return new Schedule("alternating " + even + " and " + odd, ordinal -> ordinal % 2 == 0 ? even : odd);
    }

    /** A mix drawn from {@code seed}; of {@code oneIn} probes one fails. */
    static Schedule random(long seed, int oneIn) {
        return new Schedule("random " + seed + ", one in " + oneIn + " fails", ordinal -> {
            // A function of the ordinal, not of the order of calls.
            Random random = new Random(seed * 31 + ordinal);
            random.nextInt();
            return random.nextInt(oneIn) == 0
                    ? FAILING[random.nextInt(FAILING.length)]
                    : SUCCEEDING[random.nextInt(SUCCEEDING.length)];
        });
    }

    /** All schedules worth trying on a construct that awaits {@code awaits} probes when nothing fails. */
    static List<Schedule> forAwaits(int awaits, long seed) {
        List<Schedule> schedules = new ArrayList<>();
        for (Behaviour behaviour : SUCCEEDING) {
            schedules.add(all(behaviour));
        }
        schedules.add(alternating(Behaviour.SUSPENDS, Behaviour.READY));
        schedules.add(alternating(Behaviour.READY, Behaviour.NESTED));
        int singles = Math.min(awaits, 10);
        for (int i = 0; i < singles; i++) {
            int which = nth(i, singles, awaits);
            schedules.add(only(which, Behaviour.SUSPENDS, Behaviour.READY));
            schedules.add(only(which, Behaviour.READY, Behaviour.SUSPENDS));
            for (Behaviour failing : FAILING) {
                schedules.add(only(which, failing, Behaviour.READY));
                schedules.add(only(which, failing, Behaviour.SUSPENDS));
            }
        }
        schedules.addAll(randoms(seed, awaits < 3 ? 2 : 12));
        return schedules;
    }

    /**
     * Schedules for a construct that a task runs: it waits for time to pass, and fails or is cancelled meanwhile.
     *
     * @param cancels false if the task is not to be cancelled
     */
    static List<Schedule> inTime(int awaits, long seed, boolean cancels) {
        List<Schedule> schedules = new ArrayList<>();
        schedules.add(all(Behaviour.SLEEPS));
        schedules.add(all(Behaviour.NESTED));
        schedules.add(alternating(Behaviour.SLEEPS, Behaviour.READY));
        schedules.add(alternating(Behaviour.SUSPENDS_THRICE, Behaviour.SLEEPS));
        int singles = Math.min(awaits, 10);
        for (int i = 0; i < singles; i++) {
            int which = nth(i, singles, awaits);
            schedules.add(only(which, Behaviour.SLEEPS, Behaviour.READY));
            schedules.add(only(which, Behaviour.THROWS_AFTER, Behaviour.SLEEPS));
            if (cancels) {
                schedules.add(only(which, Behaviour.CANCELLED, Behaviour.SLEEPS));
                schedules.add(only(which, Behaviour.CANCELLED, Behaviour.READY));
            }
        }
        if (cancels) {
            schedules.addAll(randoms(seed, 2));
        }
        return schedules;
    }

    /** Of many awaits, some from the whole length. */
    private static int nth(int i, int some, int all) {
        return some == all ? i : (int) ((long) i * (all - 1) / (some - 1));
    }

    /** Some random mixes, with many failures and with few. */
    static List<Schedule> randoms(long seed, int count) {
        List<Schedule> schedules = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            schedules.add(random(seed + i, i % 3 == 0 ? 3 : 12));
        }
        return schedules;
    }
}
