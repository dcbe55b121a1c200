package io.github.jasyncio.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.InvalidStateException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceTest {

    private final Trace trace = new Trace();

    @Test
    void a_line_is_the_time_and_the_parts() {
        String line = TraceFormat.line(
                7_999_999, "a", null, true, 1, Arrays.asList("x", null, List.of(2)), new Boom("b"), new Boom(""));

        assertThat(line).isEqualTo("7 a null true 1 [x, null, [2]] Boom: b Boom");
    }

    @Test
    void exceptions_have_their_python_names_and_only_the_programs_own_a_message() {
        List<Throwable> failures = List.of(
                new CancelledError(),
                new CancelledError("m"),
                new AsyncTimeoutException("m"),
                new InvalidStateException("m"),
                new IllegalStateException("m"),
                new NumberFormatException("m"),
                new StackOverflowError("m"));

        assertThat(TraceFormat.of(failures))
                .isEqualTo(
                        "[CancelledError, CancelledError: m, TimeoutError, InvalidStateError, RuntimeError, ValueError,"
                                + " StackOverflowError]");
    }

    @ParameterizedTest
    @CsvSource({
        "Exception in callback <Handle x>, Exception in callback",
        "Task <Task finished> has errored out but its parent is, Task has errored out but its parent task is already completed",
        "Task exception was never retrieved, Task exception was never retrieved"
    })
    void messages_lose_what_names_objects(String message, String expected) {
        assertThat(Twin.messageOf(Map.of("message", message))).isEqualTo(expected);
    }

    @Test
    void another_trace_fails_with_both_paths_and_leaves_the_actual_one_in_a_file() throws Exception {
        logAsCoroLazy();
        trace.add("one more");

        Path actual = Path.of("target", "conformance", "coro_lazy.actual.trace").toAbsolutePath();
        Files.deleteIfExists(actual);
        assertThatThrownBy(() -> trace.verify("coro_lazy"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(actual.toString())
                .hasMessageContaining(Path.of("conformance", "coro_lazy.trace").toString())
                .hasMessageContaining("0 one more");
        assertThat(actual).content().endsWith("0 end\n0 one more\n");
    }

    @Test
    void what_is_logged_behind_the_end_does_not_count() throws Exception {
        logAsCoroLazy();
        trace.mute();
        trace.add("too late");

        trace.verify("coro_lazy");
    }

    @Test
    void a_line_without_twin_is_not_expected() throws Exception {
        trace.follow(EventLoop.builder().virtualTime().build());
        List.of("argument 1", "called", "child starts 1", "result 2", "argument 2", "child starts 2", "result 4")
                .forEach(trace::add);
        List.of("before the first turn", "a turn of the loop", "end").forEach(trace::add);

        trace.verify("coro_lazy", List.of("0 argument 3"));
        assertThatThrownBy(() -> trace.verify("coro_lazy", List.of("0 argument 4")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("0 argument 4");
        assertThatThrownBy(() -> trace.verify("coro_lazy", List.of("0 argument 3", "0 end")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("0 end");
    }

    @Test
    void reports_of_the_default_handler_are_lines_but_not_those_that_depend_on_garbage() {
        EventLoop loop = EventLoop.builder().virtualTime().build();
        trace.follow(loop);

        Trace.DefaultHandler defaultHandler = trace.watchDefaultHandler();
        try {
            loop.callExceptionHandler(
                    Map.of("message", "Exception in callback x", "exception", new Boom("b"), "task", 1));
            loop.callExceptionHandler(Map.of("message", "of the program's own"));
            loop.callExceptionHandler(
                    Map.of("message", "Task exception was never retrieved", "exception", new Boom("b")));
            loop.callExceptionHandler(Map.of("message", "Task was destroyed but it is pending!"));
        } finally {
            defaultHandler.close();
        }

        assertThat(trace.lines())
                .containsExactly("0 handler: Exception in callback Boom: b", "0 handler: of the program's own");
    }

    private void logAsCoroLazy() {
        trace.follow(EventLoop.builder().virtualTime().build());
        List.of("argument 1", "called", "child starts 1", "result 2", "argument 2", "child starts 2", "result 4")
                .forEach(trace::add);
        List.of("argument 3", "before the first turn", "a turn of the loop", "end")
                .forEach(trace::add);
    }
}
