package io.github.jasyncio.transform.debugger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.transform.FrameClass;
import io.github.jasyncio.transform.Result;
import io.github.jasyncio.transform.Transformer;
import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Breakpoints, variables and stepping on rewritten code, through the JDI as every IDE does it. */
class DebuggerTest {

    private static final String CLASS = Debuggee.class.getName();

    @TempDir
    private Path directory;

    @Test
    void behind_an_await_that_suspended_every_variable_in_scope_has_its_value() throws Exception {
        try (Debugger debugger = debug(false)) {
            debugger.breakAt(line("behind the await"));

            assertThat(debugger.resume()).isEqualTo(line("behind the await"));
            assertThat(debugger.variables())
                    .containsEntry("customer", "null") // not used any more: a suspended coroutine does not keep it
                    .containsEntry("count", "3")
                    .containsEntry("price", "2.5")
                    .containsEntry("total", "250")
                    .containsEntry("greeting", "\"Dear Ada\"")
                    .containsEntry("i", "1");

            assertThat(debugger.resume()).isEqualTo(line("behind the await"));
            assertThat(debugger.variables()).containsEntry("total", "750").containsEntry("i", "2");
        }
    }

    @Test
    void numbers_that_are_not_used_any_more_are_kept_and_objects_if_one_asks_for_it() throws Exception {
        try (Debugger debugger = debug(true)) {
            debugger.breakAt(line("behind the await"));
            debugger.breakAt(line("seal and sign are dead"));
            for (int i = 0; i < 3; i++) {
                assertThat(debugger.resume()).isEqualTo(line("behind the await"));
            }
            assertThat(debugger.variables()).containsEntry("customer", "\"Ada\"");

            assertThat(debugger.resume()).isEqualTo(line("seal and sign are dead"));
            assertThat(debugger.variables())
                    .containsEntry("sign", "D")
                    .containsEntry("seal", "\"seal\"")
                    .containsEntry("count", "3");
        }
    }

    @Test
    void stepping_over_an_await_that_does_not_suspend_stops_at_the_next_line() throws Exception {
        try (Debugger debugger = debug(false)) {
            debugger.breakAt(line("does not suspend"));

            assertThat(debugger.resume()).isEqualTo(line("does not suspend"));
            assertThat(debugger.stepOver()).isEqualTo(line("behind the second"));
            assertThat(debugger.method()).isEqualTo("lambda$bill$async$1");
        }
    }

    @Test
    void the_variables_of_an_async_main_method_are_there_behind_its_await() throws Exception {
        try (Debugger debugger = debug(false)) {
            debugger.breakAt(line("main prints"));

            assertThat(debugger.resume()).isEqualTo(line("main prints"));
            assertThat(debugger.variables()).containsEntry("number", "7").containsKeys("arguments", "bill");
            assertThat(debugger.resume()).isZero();
        }
    }

    @Test
    void the_variables_of_an_async_generator_are_there_behind_its_emit() throws Exception {
        try (Debugger debugger = debug(false)) {
            debugger.breakAt(line("// emits"));
            debugger.breakAt(line("behind the emit"));

            assertThat(List.of(debugger.resume(), debugger.resume(), debugger.resume()))
                    .containsExactly(line("// emits"), line("behind the emit"), line("// emits"));
            assertThat(debugger.variables())
                    .containsEntry("name", "\"part\"")
                    .containsEntry("count", "3")
                    .containsEntry("part", "1");
            assertThat(debugger.resume()).isEqualTo(line("behind the emit"));
            assertThat(debugger.variables()).containsEntry("part", "1");
        }
    }

    /** The thread goes on with other work, so no debugger can step over the suspension itself; a breakpoint behind it is reached. */
    @Test
    void a_breakpoint_behind_an_await_that_suspends_is_reached_from_a_stop_before_it() throws Exception {
        try (Debugger debugger = debug(false)) {
            debugger.breakAt(line("await in a loop"));
            debugger.breakAt(line("in the callee"));
            debugger.breakAt(line("behind the await"));

            assertThat(List.of(debugger.resume(), debugger.resume(), debugger.resume()))
                    .containsExactly(line("await in a loop"), line("in the callee"), line("behind the await"));
        }
    }

    @Test
    void a_breakpoint_on_the_first_line_of_an_async_method_stops_once() throws Exception {
        try (Debugger debugger = debug(false)) {
            int first = line("long total = 0;");
            debugger.breakAt(first);

            assertThat(debugger.resume()).isEqualTo(first);
            assertThat(debugger.placesOf(first)).isEqualTo(1);
            assertThat(debugger.variables()).containsEntry("customer", "\"Ada\"");
            assertThat(debugger.resume()).isZero();
        }
    }

    private Debugger debug(boolean keepsVariables) throws Exception {
        String path = CLASS.replace('.', '/');
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/" + path + ".class"))) {
            Result result = Transformer.transform(in.readAllBytes(), keepsVariables);
            write(path, result.classFile());
            for (FrameClass frame : result.frameClasses()) {
                write(frame.internalName(), frame.classFile());
            }
        }
        return new Debugger(CLASS, directory + File.pathSeparator + System.getProperty("java.class.path"));
    }

    private void write(String internalName, byte[] classFile) throws Exception {
        Path file = directory.resolve(internalName + ".class");
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, classFile);
    }

    /** The line of {@link Debuggee} that contains a text. */
    private static int line(String text) throws Exception {
        List<String> source = Files.readAllLines(Path.of("src/test/java", CLASS.replace('.', '/') + ".java"));
        for (int i = 0; i < source.size(); i++) {
            if (source.get(i).contains(text)) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("no line with " + text);
    }
}
