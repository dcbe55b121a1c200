package io.github.jasyncio.testing.exploration;

import io.github.jasyncio.EventLoop;
import io.github.jasyncio.KeyboardInterrupt;
import io.github.jasyncio.Runner;
import io.github.jasyncio.internal.Exploring;
import io.github.jasyncio.testing.SimulatedNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs a program once under some order, on a loop of its own with virtual time. */
record OneRun(Program program, Rules rules) {

    RunResult under(Decisions decisions, boolean isRecorded) {
        return under(Strategy.recorded(decisions), isRecorded);
    }

    RunResult under(Strategy strategy, boolean isRecorded) {
        Interleaving interleaving = isRecorded ? Interleaving.recorded() : Interleaving.UNRECORDED;
        SimulatedNetwork network = rules.networks().get();
        Choosing choosing = new Choosing(strategy, rules, network, interleaving);
        List<Throwable> unheard = new ArrayList<>();
        Throwable failure = null;
        Exploring.begin(choosing);
        Runner runner = Runner.builder()
                .loopFactory(() -> newLoop(network, choosing, isRecorded, unheard))
                .build();
        try {
            program.runOn(runner, network);
            if (rules.failsOnTasksLeft()) {
                runner.run(LastSteps.take());
                LeftBehind.check(runner.loop());
            }
        } catch (KeyboardInterrupt | EndOfExploration e) {
            throw e;
        } catch (Throwable t) {
            failure = t;
        } finally {
            choosing.end();
            failure = closed(runner, failure);
            Exploring.end();
        }
        for (Throwable other : rules.failsOnUnheard() ? unheard : List.<Throwable>of()) {
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

    /** A run that is recorded is so for its messages, in which debug mode tells where things were made. */
    private static EventLoop newLoop(
            SimulatedNetwork network, Choosing choosing, boolean isRecorded, List<Throwable> unheard) {
        EventLoop loop = EventLoop.builder()
                .virtualTime()
                .network(network)
                .debug(isRecorded)
                .build();
        loop.setSlowCallbackDuration(Duration.ofDays(1)); // recording takes time
        loop.setDefaultExecutor(new InTurnExecutor(loop, choosing));
        loop.setExceptionHandler((in, context) -> unheard.add(failureOf(context)));
        return loop;
    }

    private static Throwable failureOf(Map<String, Object> context) {
        return context.get("exception") instanceof Throwable failure
                ? failure
                : new AssertionError(context.get("message") + ": " + context);
    }
}
