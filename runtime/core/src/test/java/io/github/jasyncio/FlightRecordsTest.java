package io.github.jasyncio;

import static io.github.jasyncio.Scripted.coroutine;
import static io.github.jasyncio.Scripted.doing;
import static io.github.jasyncio.Scripted.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.jasyncio.internal.introspection.Loops;
import io.github.jasyncio.internal.loop.Watching;
import io.github.jasyncio.internal.observers.Observers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What flight recordings hold. */
@NullUnmarked // null is tested as well
class FlightRecordsTest extends LoopTest {

    @TempDir
    private Path directory;

    @BeforeEach
    void follow_recordings() {
        Observers.watchRecorder();
    }

    private List<String> recorded(List<String> events, Runnable program) throws IOException {
        List<String> seen = new ArrayList<>();
        try (Recording recording = new Recording()) {
            for (String event : events) {
                recording.enable("io.github.jasyncio." + event).withoutThreshold();
            }
            recording.start();
            program.run();
            recording.stop();
            Path file = directory.resolve("recording.jfr");
            recording.dump(file);
            for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
                if (event.getEventType().getName().startsWith("io.github.jasyncio.")
                        && event.getLong("loop") == loop.inside().id()) {
                    seen.add(text(event));
                }
            }
        }
        return seen;
    }

    private static String text(RecordedEvent event) {
        String name = event.getEventType().getName();
        StringBuilder text = new StringBuilder(name.substring(name.lastIndexOf('.') + 1));
        for (String field : List.of("task", "coroutine", "outcome", "entries", "step")) {
            if (event.hasField(field)) {
                text.append(' ').append(String.valueOf(event.<Object>getValue(field)));
            }
        }
        return text.toString();
    }

    private void program() {
        loop.createTask(doing(() -> log("a")), "a");
        Task<Object> b = loop.createTask(coroutine(() -> fail(new Boom("b"))), "b");
        Task<Object> c = loop.createTask(coroutine(() -> fail(new CancelledError())), "c");
        turns(1);
        assertThat(b.exception()).isNotNull();
        assertThat(c.isCancelled()).isTrue();
    }

    @Test
    void a_recording_holds_starts_and_ends_of_tasks() throws IOException {
        assertThat(recorded(List.of("TaskStart", "TaskEnd"), this::program))
                .containsExactlyInAnyOrder(
                        "TaskStart a Scripted.body(Scripted.java:0)",
                        "TaskStart b Scripted.body(Scripted.java:0)",
                        "TaskStart c Scripted.body(Scripted.java:0)",
                        "TaskEnd a finished",
                        "TaskEnd b failed",
                        "TaskEnd c cancelled");
    }

    @Test
    void a_recording_holds_turns_and_slow_steps() throws IOException {
        assertThat(recorded(List.of("LoopTurn", "SlowStep"), this::program))
                .containsExactlyInAnyOrder("LoopTurn 3", "SlowStep Task 'a'", "SlowStep Task 'b'", "SlowStep Task 'c'");
    }

    @Test
    void a_recording_that_wants_nothing_of_us_costs_nothing() throws IOException {
        assertThat(recorded(List.of(), () -> {
                    program();
                    assertThat(Watching.isRecording()).isFalse();
                    assertThat(Watching.isOn()).isFalse();
                }))
                .isEmpty();
    }

    /** The JDK would keep alive what is left of a program that was unloaded. Loops that other tests have left open cannot be closed from here. */
    @Test
    void once_all_loops_are_closed_nothing_is_watched() throws IOException {
        assumeThat(Loops.open()).containsExactly(loop.inside());
        recorded(List.of("LoopTurn"), () -> {
            assertThat(Watching.isOn()).isTrue();

            loop.close();

            assertThat(Watching.isOn()).isFalse();
        });
    }

    @Test
    void after_the_last_recording_nothing_is_watched() throws IOException {
        assertThat(recorded(
                        List.of("LoopTurn"), () -> assertThat(Watching.isOn()).isTrue()))
                .isEmpty();

        assertThat(Watching.isRecording()).isFalse();
        assertThat(Watching.isOn()).isFalse();
    }
}
