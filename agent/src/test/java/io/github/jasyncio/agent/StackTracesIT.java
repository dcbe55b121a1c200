package io.github.jasyncio.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.fixtures.Jdks;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the JVM prints of a failure is, line for line, what it prints in the synchronous twin.
 *
 * <p>Other random programs than each build's: {@code -Djasyncio.random.seed=20260101}, and more of them: {@code -Djasyncio.random.programs=2000}.
 */
class StackTracesIT {

    private static final int PROGRAMS = Integer.getInteger("jasyncio.random.programs", 50);

    private static final long SEED = Long.getLong("jasyncio.random.seed", 0);

    /** Five deep; each has been suspended when the innermost throws. */
    private static final TwinSource DEEP = new TwinSource("""
            public class Main {
                static <T> T same(T value) { return value; }

                ASYNC Integer first(int n) throws Exception {
                    PAUSE;
                    int x = AWAIT(second(n));
                    return OF(x);
                }

                static ASYNC Integer second(int n) throws Exception {
                    PAUSE;
                    return OF(1 + AWAIT([[createTask(third(n))|third(n)]]));
                }

                static ASYNC Integer third(int n) throws Exception {
                    [[AsyncCallable|Callable]]<Integer> lambda = () -> {
                        PAUSE;
                        return OF(AWAIT(new Nested().fourth(n)));
                    };
                    return OF(AWAIT([[async(lambda)|lambda.call()]]));
                }

                static class Nested {
                    ASYNC Integer fourth(int n) {
                        PAUSE;
                        try {
                            return OF(AWAIT(fifth(n)));
                        } catch (NumberFormatException e) {
                            throw new IllegalStateException("not a number", e);
                        }
                    }
                }

                static ASYNC Integer fifth(int n) {
                    PAUSE;
                    return OF(parsed("x" + n));
                }

                static int parsed(String text) {
                    return Integer.parseInt(text);
                }

                public static void main(String[] arguments) throws Exception {
                    RUN(new Main().first(5));
                }
            }
            """);

    @TempDir
    private Path directory;

    static Stream<Named<Path>> jdks() {
        return Jdks.all();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void the_trace_that_ends_a_program_is_that_of_its_synchronous_twin(Path jdk) throws Exception {
        Path classes = compiled("asynchronous", DEEP.asynchronous());
        Jvm twin = run(jdk, compiled("synchronous", DEEP.synchronous()));

        Jvm loaded = run(jdk, classes, "-javaagent:" + Jvm.AGENT);
        Jvm built = run(jdk, rewritten(jdk, classes));

        assertThat(twin.err()).contains("at Main.fifth(Main.java:37)", "Caused by", "... 5 more");
        assertThat(loaded).isEqualTo(twin);
        assertThat(built).isEqualTo(twin);
    }

    /** The same program, where {@code main} is async itself. */
    @ParameterizedTest
    @MethodSource("jdks")
    void the_trace_of_an_async_main_method_shows_it_once(Path jdk) throws Exception {
        TwinSource source = new TwinSource(DEEP.text()
                .replace("public static void main", "[[@Async|]] public static void main")
                .replace("RUN(new Main()", "AWAIT(new Main()"));
        Path classes = compiled("asynchronous", source.asynchronous());
        Jvm twin = run(
                jdk,
                compiled(
                        "synchronous", source.synchronous().replace("(new Main().first(5));", "new Main().first(5);")));

        Jvm loaded = run(jdk, classes, "-javaagent:" + Jvm.AGENT);
        Jvm built = run(jdk, rewritten(jdk, classes));

        assertThat(twin.err().split("at Main.main", -1)).hasSize(2);
        assertThat(loaded).isEqualTo(twin);
        assertThat(built).isEqualTo(twin);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void random_programs_print_what_their_synchronous_twins_print(Path jdk) throws Exception {
        TwinSource source = RandomTraceProgram.of(SEED, PROGRAMS);
        Jvm twin = run(jdk, compiled("synchronous", source.synchronous()));

        Jvm run = run(jdk, compiled("asynchronous", source.asynchronous()), "-javaagent:" + Jvm.AGENT);

        assertThat(run.err()).isEqualTo(twin.err());
        assertThat(run.out().split("(?m)^-- ")).containsExactly(twin.out().split("(?m)^-- "));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void switched_off_the_trace_is_that_of_the_java_stack(Path jdk) throws Exception {
        Path classes = rewritten(jdk, compiled("asynchronous", DEEP.asynchronous()));

        Jvm run = run(jdk, classes, "-Djasyncio.stacktraces=off");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("at io.github.jasyncio.Task.step(")
                .contains("at Main.lambda$fifth$async$")
                .doesNotContain("at Main.first(");
    }

    private static Jvm run(Path jdk, Path classes, String... options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("-cp", classes + File.pathSeparator + Jvm.location(Async.class), "Main"));
        return Jvm.run(jdk, arguments);
    }

    private Path compiled(String name, String source) throws IOException {
        Path classes = Files.createDirectory(directory.resolve(name));
        Javac.compile(classes, "Main", source);
        return classes;
    }

    private Path rewritten(Path jdk, Path classes) throws IOException, InterruptedException {
        Path output = directory.resolve("rewritten");
        Jvm run = Jvm.run(
                jdk, List.of("-jar", Jvm.AGENT.toString(), "transform", "-d", output.toString(), classes.toString()));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return output;
    }
}
