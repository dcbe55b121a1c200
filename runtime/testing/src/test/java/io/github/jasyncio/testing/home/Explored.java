package io.github.jasyncio.testing.home;

import io.github.jasyncio.Coroutine;
import io.github.jasyncio.testing.Exploration;
import io.github.jasyncio.testing.Reordering;
import io.github.jasyncio.testing.Schedules;
import io.github.jasyncio.testing.SimulatedNetwork;

/** Draws programs of one kind, and runs each under many orders. */
final class Explored {

    /** Of each kind; a build has little time. */
    private static final int PROGRAMS = Integer.getInteger("jasyncio.home.programs", 30);

    private static final int ORDERS = 20;

    private Explored() {}

    /** A kind of program. */
    @FunctionalInterface
    interface Kind {

        /**
         * One run of a program.
         *
         * @param program draws what it does
         */
        Coroutine<Void> run(long program, SimulatedNetwork network) throws Exception;
    }

    /** Fails for the first program that fails under some order, and says which of both. */
    static void all(Kind kind) {
        legal(kind);
        for (long program = 0; program < PROGRAMS; program++) {
            one(kind, program, Reordering.ANY);
        }
    }

    /** The same for what relies on the order of callbacks that asyncio promises, as streams do. */
    static void legal(Kind kind) {
        for (long program = 0; program < PROGRAMS; program++) {
            one(kind, program, Reordering.LEGAL);
        }
    }

    private static void one(Kind kind, long program, Reordering reordering) {
        Exploration exploration = Schedules.explore(network -> kind.run(program, network))
                .reordering(reordering)
                .seed(program)
                .times(ORDERS)
                .maxSteps(20_000)
                .failOnTasksLeftBehind()
                .run();
        try {
            exploration.assertNoFailures();
        } catch (AssertionError e) {
            throw new AssertionError("program " + program + ", " + reordering + ": " + e.getMessage(), e);
        }
    }
}
