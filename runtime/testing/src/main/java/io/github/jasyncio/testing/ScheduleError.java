package io.github.jasyncio.testing;

/** Says that a program fails under some order, which one, and what ran when; its cause is what the program failed with. */
public final class ScheduleError extends AssertionError {

    private static final long serialVersionUID = 1;

    private final String schedule;

    ScheduleError(ScheduleFailure failure, int schedulesRun) {
        super(
                "fails under schedule \"" + failure.schedule() + "\", found as number " + schedulesRun + ": "
                        + failure.error()
                        + "\n    To run just this one again: @AsyncTest(replay = \"" + failure.schedule()
                        + "\"), or Schedules.replay(\"" + failure.schedule() + "\", program)\n"
                        + failure.interleaving(),
                failure.error());
        this.schedule = failure.schedule();
    }

    /** The order, to be given to {@link Schedules#replay}. */
    public String schedule() {
        return schedule;
    }
}
