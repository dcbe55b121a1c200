package io.github.jasyncio.internal.observers;

import io.github.jasyncio.Coroutine;
import io.github.jasyncio.internal.loop.Watching;
import io.github.jasyncio.internal.traces.CoroutineStack;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;
import org.jspecify.annotations.Nullable;

/**
 * Tells Java Flight Recorder of tasks, steps and turns. Only touched where there is the module {@code jdk.jfr}, and the events only while a
 * recording wants one of them: loading their classes takes the JDK a tenth of a second.
 */
public final class FlightRecords {

    private static final String EVENTS = "io.github.jasyncio.";

    private FlightRecords() {}

    // ------------------------------------------------------------------------------------------------ whether

    private static final FlightRecorderListener LISTENER = new FlightRecorderListener() {
        @Override
        public void recordingStateChanged(Recording recording) {
            refresh();
        }
    };

    /** Follows what recordings there are. Cheap as long as there were none. */
    static void watch() {
        FlightRecorder.addListener(LISTENER);
        if (FlightRecorder.isInitialized()) {
            refresh();
        }
    }

    /** Ends that: the JDK is not to keep alive what is left of a program that was unloaded. */
    static void unwatch() {
        FlightRecorder.removeListener(LISTENER);
        Watching.recording(false);
    }

    /** Looks whether a recording that runs wants one of our events. */
    public static void refresh() {
        boolean isWanted = FlightRecorder.getFlightRecorder().getRecordings().stream()
                .anyMatch(recording ->
                        recording.getState() == RecordingState.RUNNING && wantsOurs(recording.getSettings()));
        if (isWanted) {
            List.of(TaskStartEvent.class, TaskEndEvent.class, SlowStepEvent.class, LoopTurnEvent.class)
                    .forEach(FlightRecorder::register);
        }
        Watching.recording(isWanted);
    }

    private static boolean wantsOurs(Map<String, String> settings) {
        return settings.entrySet().stream()
                .anyMatch(setting -> setting.getKey().startsWith(EVENTS)
                        && setting.getKey().endsWith("#enabled")
                        && setting.getValue().equals("true"));
    }

    // ------------------------------------------------------------------------------------------------ events

    public static void started(long loop, Supplier<String> name, Coroutine<?> coroutine) {
        TaskStartEvent event = new TaskStartEvent();
        if (event.shouldCommit()) {
            event.loop = loop;
            event.task = name.get();
            List<StackTraceElement> places = CoroutineStack.awaits(coroutine, null);
            event.coroutine = places.isEmpty() ? null : places.get(0).toString();
            event.commit();
        }
    }

    public static void ended(long loop, Supplier<String> name, String outcome) {
        TaskEndEvent event = new TaskEndEvent();
        if (event.shouldCommit()) {
            event.loop = loop;
            event.task = name.get();
            event.outcome = outcome;
            event.commit();
        }
    }

    static Event stepBegins() {
        SlowStepEvent event = new SlowStepEvent();
        event.begin();
        return event;
    }

    static void stepEnded(@Nullable Object begun, long loop, Supplier<String> step) {
        if (begun instanceof SlowStepEvent event) {
            event.end();
            if (event.shouldCommit()) {
                event.loop = loop;
                event.step = step.get();
                event.commit();
            }
        }
    }

    static Event turnBegins() {
        LoopTurnEvent event = new LoopTurnEvent();
        event.begin();
        return event;
    }

    static void turnEnded(@Nullable Object begun, long loop, int entries) {
        if (begun instanceof LoopTurnEvent event) {
            event.end();
            if (event.shouldCommit()) {
                event.loop = loop;
                event.entries = entries;
                event.commit();
            }
        }
    }
}
