package io.github.jasyncio.internal.observers;

import io.github.jasyncio.internal.introspection.LoopView;
import io.github.jasyncio.internal.loop.ReadyQueue;
import io.github.jasyncio.internal.loop.StepClock;
import io.github.jasyncio.internal.loop.Watching;
import java.util.function.Consumer;

/** A turn of a loop's while somebody wants to know how long steps and turns take. */
public final class ObservedTurn {

    private ObservedTurn() {}

    /**
     * Runs what is ready, and not what that queues.
     *
     * @param step runs one entry
     */
    public static void run(ReadyQueue ready, Consumer<Object> step, LoopView loop) {
        StepClock clock = loop.stepClock();
        boolean isMeasuring = clock.isOn();
        int entries = ready.size();
        Object turn = Watching.isRecording() ? FlightRecords.turnBegins() : null;
        for (int left = entries; left > 0; left--) {
            Object entry = ready.poll();
            Object recorded = turn == null ? null : FlightRecords.stepBegins();
            long begin = isMeasuring ? System.nanoTime() : 0;
            step.accept(entry);
            if (isMeasuring) {
                clock.took(System.nanoTime() - begin);
            }
            if (recorded != null) {
                FlightRecords.stepEnded(recorded, loop.id(), () -> loop.words(entry));
            }
        }
        if (turn != null) {
            FlightRecords.turnEnded(turn, loop.id(), entries);
        }
    }
}
