package io.github.jasyncio.testing.exploration;

import io.github.jasyncio.EventLoop;
import io.github.jasyncio.KeyboardInterrupt;
import io.github.jasyncio.Runner;
import io.github.jasyncio.internal.Exploring;
import io.github.jasyncio.testing.Reordering;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program once under some order, on a loop of its own with virtual time.
 *
 * @param isStrict whether tasks that are left when the program ends count as a failure
 */
record OneRun(
        Program program,
        Reordering reordering,
        int mostSteps,
        @Nullable Supplier<?> state,
        boolean isStrict) {

    RunResult under(Decisions decisions, boolean isRecorded) {
        return under(Strategy.recorded(decisions), isRecorded);
    }

    RunResult under(Strategy strategy, boolean isRecorded) {
        Interleaving interleaving = isRecorded ? Interleaving.recorded() : Interleaving.UNRECORDED;
        Choosing choosing = new Choosing(strategy, reordering, mostSteps, state, interleaving);
        List<Throwable> unheard = new ArrayList<>();
        Throwable failure = null;
        Exploring.begin(choosing);
        Runner runner = Runner.builder().loopFactory(() -> newLoop(unheard)).build();
        try {
            program.runOn(runner);
            if (isStrict) {
                LeftBehind.check(runner.loop());
            }
        } catch (KeyboardInterrupt e) {
            throw e;
        } catch (Throwable t) {
            failure = t;
        } finally {
            choosing.end();
            failure = closed(runner, failure);
            Exploring.end();
        }
        for (Throwable other : unheard) {
            if (failure == null) {
                failure = other;
            } else if (failure != other) {
                failure.addSuppressed(other);
            }
        }
        boolean isPruned = failure instanceof AllOrders.SeenBefore;
        return new RunResult(choosing.path(), isPruned ? null : failure, interleaving.text());
    }

    private static @Nullable Throwable closed(Runner runner, @Nullable Throwable failure) {
        try {
            runner.close();
        } catch (Throwable t) {
            if (failure == null) {
                return t;
            }
            // What ends badly for the reason above.
        }
        return failure;
    }

    private static EventLoop newLoop(List<Throwable> unheard) {
        EventLoop loop = EventLoop.builder().virtualTime().build();
        loop.setDefaultExecutor(new InTurnExecutor(loop));
        loop.setExceptionHandler((in, context) -> unheard.add(failureOf(context)));
        return loop;
    }

    private static Throwable failureOf(Map<String, Object> context) {
        return context.get("exception") instanceof Throwable failure
                ? failure
                : new AssertionError(context.get("message") + ": " + context);
    }
}
