package io.github.jasyncio.transform.harness;

import java.util.List;
import java.util.function.IntFunction;

/** Runs constructs of some classes both ways and compares. */
public final class Comparison {

    private final Program twin;
    private final Program rewritten;

    /**
     * Loads the classes both ways.
     *
     * @throws AssertionError if a class is refused or what comes out is not valid
     */
    public Comparison(ClassFiles classes) {
        this(classes, classes);
    }

    private Comparison(ClassFiles classes, ClassFiles toRewrite) {
        this.twin = Program.twin(classes);
        this.rewritten = Program.rewritten(toRewrite);
    }

    /** The same, where all code runs in async generators. */
    public static Comparison throughGenerators(ClassFiles classes) {
        return new Comparison(classes, ThroughGenerators.of(classes));
    }

    /** Under every schedule that makes sense for a construct with so many awaits. */
    public void underAllSchedules(Construct construct) {
        long seed = construct.toString().hashCode();
        compare(construct, awaits -> Schedule.forAwaits(awaits, seed));
        int awaits = compare(construct, Schedule.ALL_READY, Start.AS_TASK);
        for (Schedule schedule : Schedule.inTime(awaits, seed, !construct.isEager())) {
            compare(construct, schedule, Start.AS_TASK);
        }
    }

    /** Under some random schedules, and under those in which all do the same. */
    public void underRandomSchedules(Construct construct, long seed, int count) {
        compare(construct, awaits -> {
            List<Schedule> schedules = Schedule.randoms(seed, count);
            schedules.add(Schedule.ALL_READY);
            schedules.add(Schedule.all(Behaviour.SUSPENDS));
            schedules.add(Schedule.all(Behaviour.NESTED));
            return schedules;
        });
    }

    private void compare(Construct construct, IntFunction<List<Schedule>> schedules) {
        // The first run initialises classes, which must happen at the same moment.
        int awaits = compare(construct, Schedule.ALL_READY, Start.BY_AWAIT);
        for (Schedule schedule : schedules.apply(awaits)) {
            compare(construct, schedule, Start.BY_AWAIT);
            compare(construct, schedule, Start.IN_PLACE);
        }
    }

    /** @return how many probes were awaited */
    private int compare(Construct construct, Schedule schedule, Start start) {
        Outcome expected = twin.run(construct, schedule, start);
        Outcome actual = rewritten.run(construct, schedule, start);
        if (!actual.equals(expected)) {
            throw new AssertionError(difference(construct, schedule, start, expected, actual));
        }
        return expected.probes();
    }

    private static String difference(
            Construct construct, Schedule schedule, Start start, Outcome expected, Outcome actual) {
        StringBuilder text = new StringBuilder()
                .append(construct)
                .append(" differs from its twin; schedule: ")
                .append(schedule)
                .append("; ")
                .append(start)
                .append('\n');
        List<String> want = expected.log();
        List<String> got = actual.log();
        int same = 0;
        while (same < want.size() && same < got.size() && want.get(same).equals(got.get(same))) {
            same++;
        }
        for (int i = Math.max(0, same - 8); i < same; i++) {
            text.append("    both:      ").append(want.get(i)).append('\n');
        }
        want.subList(same, Math.min(want.size(), same + 3)).forEach(e -> text.append("    twin:      " + e + "\n"));
        got.subList(same, Math.min(got.size(), same + 3)).forEach(e -> text.append("    rewritten: " + e + "\n"));
        text.append("    twin ").append(expected.result()).append('\n');
        text.append("    rewritten ").append(actual.result());
        return text.toString();
    }
}
