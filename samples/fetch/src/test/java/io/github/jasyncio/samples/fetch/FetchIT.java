package io.github.jasyncio.samples.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.jasyncio.samples.fetch.RunningFetch.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The jars that the build made, as a user runs them. */
@Execution(ExecutionMode.CONCURRENT) // most of the time they wait
class FetchIT {

    @TempDir
    private Path directory;

    static Stream<Setting> settings() {
        return Setting.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void it_prints_a_table_and_fails_if_a_page_fails(Setting setting) throws Exception {
        try (PageServer server = new PageServer(1)) {
            Ended ended = start(
                            setting,
                            "--timeout=600",
                            server.url("/good"),
                            server.url("/nothing-here"),
                            "http://nobody.invalid/")
                    .end();

            assertThat(ended.err()).isEmpty();
            assertThat(ended.out())
                    .startsWith("STATUS         BYTES      TIME  URL\n")
                    .containsPattern("(?m)^   200         1,000  +\\d+.\\d\\d s  \\S+/good$")
                    .containsPattern("(?m)^   404 .* s  \\S+/nothing-here$")
                    .containsPattern("(?m)^     - .* s  http://nobody.invalid/  \\(unknown host nobody.invalid\\)$")
                    .contains("\n3 pages: 1 good, 2 failed;");
            assertThat(ended.exitCode()).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void a_page_that_does_not_answer_in_time_is_given_up(Setting setting) throws Exception {
        try (PageServer server = new PageServer(1)) {
            Ended ended =
                    start(setting, "--timeout=0.05", server.url("/hanging")).end();

            assertThat(ended.out())
                    .contains("/hanging  (no answer within 0.05 s)\n\n1 page: 0 good, 1 failed; 0 bytes in ");
            assertThat(ended.exitCode()).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void ctrl_c_stops_it_and_it_prints_what_it_knows(Setting setting) throws Exception {
        assumeFalse(isInterruptIgnored(), "whoever started this build lets all its processes ignore Ctrl-C");
        try (PageServer server = new PageServer(1)) {
            RunningFetch running = start(
                    setting,
                    "--limit=1",
                    "--timeout=600",
                    server.url("/good"),
                    server.url("/hanging"),
                    server.url("/good"));
            server.awaitHanging();

            Ended ended = running.interrupt().end();

            assertThat(ended.err()).isEmpty();
            assertThat(ended.out())
                    .containsPattern("(?m)^   200         1,000  +\\d+.\\d\\d s  \\S+/good$")
                    .containsPattern("(?m)^     -             -         -  \\S+/hanging  \\(not finished\\)$")
                    .containsPattern("(?m)^     -             -         -  \\S+/good  \\(not begun\\)$")
                    .contains("\n3 pages: 1 good, 0 failed, 2 unfinished; 1,000 bytes in ")
                    .endsWith("\nInterrupted.\n");
            assertThat(ended.exitCode()).isEqualTo(130);
        }
    }

    @Test
    void it_fetches_as_many_pages_at_a_time_as_it_may_and_no_more() throws Exception {
        try (PageServer server = new PageServer(3)) {
            Ended ended = start(Stream.concat(Stream.of("--limit", "3"), Stream.of(server.urlsTogether(9)))
                            .toArray(String[]::new))
                    .end();

            assertThat(ended.out()).contains("\n9 pages: 9 good, 0 failed; 9,000 bytes in ");
            assertThat(ended.exitCode()).isZero();
            assertThat(server.mostAtOnce()).isEqualTo(3);
        }
    }

    @Test
    void urls_may_come_from_standard_input() throws Exception {
        try (PageServer server = new PageServer(1)) {
            Ended ended = start("-")
                    .type("# two pages\n" + server.url("/good") + "\n\n" + server.url("/good?again"))
                    .end();

            assertThat(ended.out())
                    .contains("/good\n")
                    .contains("/good?again\n")
                    .contains("\n2 pages: 2 good, 0 failed;");
            assertThat(ended.exitCode()).isZero();
        }
    }

    @Test
    void a_redirection_to_nowhere_is_a_failure_of_that_page_only() throws Exception {
        try (PageServer server = new PageServer(1)) {
            Ended ended =
                    start(server.url("/moved-nowhere"), server.url("/good")).end();

            assertThat(ended.out()).contains("\n2 pages: 1 good, 1 failed;").contains("Illegal character in authority");
            assertThat(ended.exitCode()).isEqualTo(1);
        }
    }

    /** With more time than usual, so that on a busy machine no page is given up that should not be. */
    @Test
    void without_a_url_it_fetches_its_own_pages_and_all_come_out_as_they_should() throws Exception {
        Ended ended = start("--timeout=15").end();

        assertThat(ended.err()).isEmpty();
        assertThat(ended.out())
                .containsPattern("(?m)^   200     1,048,576 .* s  http://127.0.0.1:\\d+/big$")
                .containsPattern("(?m)^   500 .* s  \\S+/broken$")
                .containsPattern("(?m)^     - .* s  \\S+/hanging/1  \\(no answer within 15.00 s\\)$")
                .contains("\n13 pages: 8 good, 5 failed; 1,048,744 bytes in ")
                .endsWith("All as it should be: the failing pages failed, and the hanging ones were given up.\n");
        assertThat(ended.exitCode()).isZero();
    }

    @Test
    void the_progress_line_goes_to_standard_error_and_is_removed_at_the_end() throws Exception {
        try (PageServer server = new PageServer(1)) {
            Ended ended = start("--progress", server.url("/good")).end();

            assertThat(ended.err())
                    .startsWith("\r0 of 1 pages done, 0 failed, ")
                    .endsWith("\r" + " ".repeat(38) + "\r");
            assertThat(ended.out()).doesNotContain("pages done");
        }
    }

    @Test
    void what_makes_no_sense_is_refused() throws Exception {
        Ended ended = start("--limit=none", "example.org").end();

        assertThat(ended.err())
                .isEqualTo("fetch: --limit none: a whole number above 0 was expected\nfetch --help tells more\n");
        assertThat(ended.out()).isEmpty();
        assertThat(ended.exitCode()).isEqualTo(2);
    }

    @Test
    void help_tells_all_options() throws Exception {
        Ended ended = start("--help").end();

        assertThat(ended.out()).contains("--limit N", "--timeout SECONDS", "--progress", "--help", "Exit code");
        assertThat(ended.exitCode()).isZero();
    }

    /** Otherwise these tests would say nothing of the agent. */
    @Test
    void without_the_agent_the_classes_that_javac_made_say_what_is_missing() throws Exception {
        List<String> command = List.of(
                Setting.usual().command(List.of()).get(0),
                "-jar",
                Setting.usual().jar().toString());

        Ended ended = RunningFetch.start(directory, command).end();

        assertThat(ended.err()).contains("was not rewritten").contains("-javaagent:jasyncio-agent.jar");
        assertThat(ended.exitCode()).isEqualTo(1);
    }

    private RunningFetch start(String... arguments) throws IOException {
        return start(Setting.usual(), arguments);
    }

    private RunningFetch start(Setting setting, String... arguments) throws IOException {
        return RunningFetch.start(directory, setting.command(List.of(arguments)));
    }

    /** A script that starts a command with {@code &} lets it ignore SIGINT, its children inherit that, and a JVM respects it. */
    private static boolean isInterruptIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        String ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElseThrow()
                .substring("SigIgn:".length())
                .strip();
        return (Long.parseUnsignedLong(ignored, 16) & 0b10) != 0;
    }
}
