package io.github.jasyncio.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.agent.Javac;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {

    private static final String ASYNC = """
            class Orders {
                @Async Coroutine<Integer> price(Coroutine<Integer> c) { return Coroutine.of(await(c) + 1); }
            }
            """;
    private static final String MISUSE = """
            class Misuse {
                int now(Coroutine<Integer> c) {
                    return await(c);
                }
            }
            """;
    private static final String WARNED = """
            class Warned {
                @Async Coroutine<Void> slow() throws InterruptedException { Thread.sleep(1); return Coroutine.done(); }
            }
            """;

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest(name = "`{0}` says: {1}")
    @CsvSource({
        "'', no command",
        "rewrite ., unknown command 'rewrite'",
        "transform, no directory or jar named",
        "transform -x ., unknown option '-x'",
        "transform -d, -d needs a value",
        "transform nowhere, nowhere does not exist",
        "ps, ps needs the number of one process",
        "pstree 1 2, pstree needs the number of one process",
        "ps main, 'main' is not the number of a process",
        "'check -d out .', 'check writes nothing, so -d makes no sense'",
    })
    void a_wrong_command_line_ends_with_2_and_shows_the_right_ones(String line, String message) {
        int exitCode = run(line.isEmpty() ? new String[0] : line.split(" ", -1));

        assertThat(exitCode).isEqualTo(2);
        assertThat(err()).isEqualTo("jasyncio: " + message + "\n\n" + Main.HELP + "\n");
        assertThat(out()).isEmpty();
    }

    @Test
    void help_and_version_are_given_on_standard_output() {
        assertThat(run("--help")).isZero();
        assertThat(out()).isEqualTo(Main.HELP + "\n");
        out.reset();
        assertThat(run("--version")).isZero();
        assertThat(out()).matches("jasyncio \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\n");
    }

    @Test
    void a_place_in_which_nothing_is_async_is_named() throws IOException {
        Path plain = Files.createDirectory(directory.resolve("plain"));
        Path empty = Files.createDirectory(directory.resolve("empty"));
        Path async = Files.createDirectory(directory.resolve("async"));
        Javac.shop(plain, "Plain", "class Plain { class Inner {} }");
        Javac.shop(async, "Orders", ASYNC);

        for (String command : new String[] {"check", "transform", "transform"}) {
            assertThat(run(command, plain.toString(), empty.toString(), async.toString()))
                    .isZero();
        }

        String once = "jasyncio: " + plain + ": none of the 2 classes has an async method\n" + "jasyncio: " + empty
                + ": there is no class file that may be rewritten\n";
        assertThat(err()).isEqualTo(once.repeat(3));
    }

    @Test
    void a_directory_is_rewritten_in_place_in_silence() throws IOException {
        Javac.shop(directory, "Orders", ASYNC);

        int exitCode = run("transform", directory.toString());

        assertThat(exitCode).isZero();
        assertThat(out() + err()).isEmpty();
        assertThat(files(directory)).isEqualTo(2);
    }

    @Test
    void verbose_names_what_was_rewritten() throws IOException {
        Javac.shop(directory, "Orders", ASYNC);

        run("transform", "--verbose", directory.toString());

        assertThat(out()).isEqualTo("rewrote shop.Orders\njasyncio rewrote 1 class\n");
    }

    @Test
    void errors_end_with_1_and_look_like_those_of_javac() throws IOException {
        Javac.shop(directory, "Misuse", MISUSE);

        int exitCode = run("check", directory.toString());

        assertThat(exitCode).isEqualTo(1);
        assertThat(err()).startsWith("Misuse.java:10: error: shop.Misuse.now: await outside an async method\n    ");
    }

    @Test
    void warnings_fail_only_if_they_are_to() throws IOException {
        Javac.shop(directory, "Warned", WARNED);

        assertThat(run("check", directory.toString())).isZero();
        assertThat(err()).startsWith("Warned.java:9: warning: shop.Warned.slow: ");
        err.reset();
        assertThat(run("check", "--fail-on-warning", directory.toString())).isEqualTo(1);
        assertThat(err()).startsWith("Warned.java:9: error: shop.Warned.slow: ");
    }

    @Test
    void a_file_adds_to_the_blocking_calls(@TempDir Path elsewhere) throws IOException {
        Javac.shop(directory, "Orders", ASYNC);
        Path list = Files.writeString(elsewhere.resolve("ours.txt"), "io.github.jasyncio.Coroutine.of Not today.");

        assertThat(run("check", "--blocking-calls", list.toString(), directory.toString()))
                .isZero();
        assertThat(err())
                .contains("Coroutine.of blocks the thread of the event loop")
                .contains("Not today.");
        assertThat(run("check", "--blocking-calls", "no/such/file", directory.toString()))
                .isEqualTo(2);
    }

    @Test
    void with_d_the_result_goes_elsewhere(@TempDir Path elsewhere) throws IOException {
        Javac.shop(directory, "Orders", ASYNC);

        run("transform", "-d", elsewhere.resolve("new").toString(), directory.toString());

        assertThat(files(directory)).isEqualTo(1);
        assertThat(files(elsewhere)).isEqualTo(2);
    }

    @Test
    void jars_that_would_become_the_same_file_are_refused() throws IOException {
        Path one =
                Files.createFile(Files.createDirectory(directory.resolve("one")).resolve("shop.jar"));
        Path two =
                Files.createFile(Files.createDirectory(directory.resolve("two")).resolve("shop.jar"));

        int exitCode = run("transform", "-d", directory.toString(), one.toString(), two.toString());

        assertThat(exitCode).isEqualTo(2);
        assertThat(err())
                .startsWith("jasyncio: -d would write two jars of the name shop.jar to the same place; rewrite them one"
                        + " after the other\n");
    }

    @Test
    void patterns_choose_the_classes() throws IOException {
        Javac.shop(directory, "Orders", ASYNC);
        Javac.shop(directory, "Stock", ASYNC.replace("Orders", "Stock"));
        Javac.shop(directory, "Other", ASYNC.replace("Orders", "Other"));

        run("check", "--verbose", "--includes", "*Orders:*Stock", "--excludes", "shop.Stock", directory.toString());

        assertThat(out()).isEqualTo("would rewrite shop.Orders\njasyncio would rewrite 1 class\n");
    }

    @Test
    void what_cannot_be_read_is_named_and_the_rest_is_done() throws IOException {
        Path broken = Files.writeString(directory.resolve("broken.jar"), "no jar");
        Path classes = Files.createDirectory(directory.resolve("classes"));
        Javac.shop(classes, "Orders", ASYNC);

        int exitCode = run("transform", broken.toString(), classes.toString());

        assertThat(exitCode).isEqualTo(1);
        assertThat(err()).startsWith("jasyncio: " + broken + " is neither a directory nor a jar: ");
        assertThat(files(classes)).isEqualTo(2);
    }

    private int run(String... arguments) {
        return Main.run(
                Arrays.asList(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    private static long files(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(Files::isRegularFile).count();
        }
    }
}
