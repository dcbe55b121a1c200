package io.github.jasyncio.transform.harness;

import io.github.jasyncio.Coroutine;
import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Frame;
import java.lang.ref.WeakReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rewritten construct that has been driven to its last suspension, and stands there. */
public final class SuspendedCoroutine {

    private final Run run;
    private final Execution execution = new Execution();

    /** Keeps alive what a task would. */
    private final Coroutine<?> root;

    private @Nullable Frame<?> innermost;

    private SuspendedCoroutine(Run run, Coroutine<?> root) {
        this.run = run;
        this.root = root;
    }

    /**
     * Starts a construct each of whose awaits suspends, and goes on until it stands at the last.
     *
     * @param inPlace as a task starts a coroutine, rather than as an await does
     */
    public static SuspendedCoroutine atLastAwait(Program program, Construct construct, boolean inPlace) {
        Start start = inPlace ? Start.IN_PLACE : Start.BY_AWAIT;
        int suspensions =
                program.run(construct, Schedule.all(Behaviour.SUSPENDS), start).probes();
        Run run = new Run(Schedule.all(Behaviour.SUSPENDS), start, false, () -> {
            throw new IllegalStateException("nothing is nested here");
        });
        Probes.enter(run);
        try {
            SuspendedCoroutine coroutine = new SuspendedCoroutine(run, program.call(construct));
            coroutine.start(inPlace);
            for (int i = 1; i < suspensions; i++) {
                coroutine.resume();
            }
            return coroutine;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        } finally {
            Probes.enter(null);
        }
    }

    private void start(boolean inPlace) {
        Object result = inPlace ? execution.run((Frame<?>) root) : root.start(execution);
        stand(result);
    }

    private void resume() {
        stand(Driver.goOn(execution, run));
    }

    private void stand(@Nullable Object result) {
        if (result != Execution.SUSPENDED) {
            throw new IllegalStateException("suspends less often than it awaits");
        }
        innermost = execution.innermost();
    }

    /** What the construct watched: see {@link Probes#watch}. */
    public List<WeakReference<Object>> watched() {
        return run.watched();
    }

    @Override
    public String toString() {
        return root + " at " + innermost;
    }
}
