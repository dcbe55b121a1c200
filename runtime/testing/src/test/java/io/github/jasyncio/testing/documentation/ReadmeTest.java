package io.github.jasyncio.testing.documentation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.testing.RunTests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every block of the README's: its code is compiled and run here, and what it says is printed is what is printed. */
class ReadmeTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");

    private static final Path SOURCES = Path.of("src/test/java/io/github/jasyncio/testing/documentation");

    private static List<String> blocks(String kind) throws IOException {
        Matcher matcher = BLOCK.matcher(Files.readString(Path.of("README.md")));
        List<String> blocks = new ArrayList<>();
        while (matcher.find()) {
            if (matcher.group(1).equals(kind)) {
                blocks.add(matcher.group(2));
            }
        }
        return blocks;
    }

    /** Without indentation, empty lines, and how a line is broken. */
    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }

    /** What differs from run to run: the numbers of tasks, and of lines in a file that somebody edits. */
    private static String steady(String text) {
        return text.replaceAll("Task-\\d+", "Task-1")
                .replaceAll("\\.java:\\d+\\)", ".java:1)")
                .replaceAll(" +\n", "\n")
                .strip();
    }

    @Test
    void all_code_is_compiled_here() throws IOException {
        StringBuilder sources = new StringBuilder();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                sources.append(squeezed(Files.readString(file)));
            }
        }
        List<String> code = blocks("java");

        assertThat(code).hasSizeGreaterThanOrEqualTo(4);
        // Paragraph by paragraph: between imports and a class others may stand.
        assertThat(code.stream().flatMap(block -> Stream.of(block.split("\n\n"))))
                .allSatisfy(paragraph -> assertThat(sources.indexOf(squeezed(paragraph)))
                        .as(paragraph)
                        .isNotNegative());
    }

    @Test
    void the_first_test_says_what_it_has_left_behind() throws IOException {
        Throwable failure = RunTests.failureOf(Cases.class, "a_new_order_is_not_expired");

        assertThat(steady(String.valueOf(failure.getMessage())))
                .isEqualTo(steady(blocks("text").get(0)));
    }

    @Test
    void the_first_bug_is_shown_step_by_step() throws IOException {
        String shown = blocks("text").get(1);

        assertThatThrownBy(() -> Account.explore().assertNoFailures())
                .satisfies(failure ->
                        assertThat(steady(String.valueOf(failure.getMessage()))).isEqualTo(steady(shown)));
    }

    @Test
    void the_first_partition_prints_what_the_readme_says() throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        new Shop(new PrintStream(printed, true, UTF_8)).run();

        assertThat(steady(printed.toString(UTF_8)))
                .isEqualTo(steady(blocks("text").get(2)));
    }
}
