package io.github.jasyncio.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Whatever CPython's asyncio offers has its row in the tables of {@code runtime/README.md}: what it is called here, or why there is no such thing. The names are
 * recorded, see {@code documentation/asyncio_names.py} among the test resources.
 */
class NamesTest {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final Pattern UNDERSCORE = Pattern.compile("_(\\w)");

    /** What a row's left and right cell have in code. */
    private record Row(List<String> left, List<String> right) {

        static Row of(String line) {
            String[] cells = line.substring(2).split(" \\| ", 2);
            return new Row(words(cells[0]), words(cells[1]));
        }

        private static List<String> words(String cell) {
            List<String> words = new ArrayList<>();
            for (Matcher code = CODE.matcher(cell); code.find(); ) {
                for (Matcher word = WORD.matcher(code.group(1)); word.find(); ) {
                    words.add(word.group());
                }
            }
            return words;
        }

        /** A function or class is on the left; what belongs to a class may be on the right of it, as it is called here: {@code is_set}, {@code isSet}, {@code set}. */
        boolean tellsOf(String owner, String name) {
            if (owner.equals("asyncio")) {
                return left.contains(name);
            }
            return left.contains(owner)
                    && (left.contains(name)
                            || right.contains(name)
                            || right.contains(camelCase(name))
                            || right.contains(camelCase("is_" + name)));
        }

        private static String camelCase(String name) {
            return UNDERSCORE.matcher(name).replaceAll(m -> m.group(1).toUpperCase(Locale.ROOT));
        }
    }

    @Test
    void every_name_of_asyncio_has_a_row() throws IOException {
        List<Row> rows = Files.readAllLines(Path.of("../README.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| ---"))
                .map(Row::of)
                .toList();
        List<String> names = recorded();

        List<String> without = names.stream()
                .filter(line -> {
                    String[] name = line.split(" ", 2);
                    return rows.stream().noneMatch(row -> row.tellsOf(name[0], name[1]));
                })
                .toList();

        assertThat(names).contains("asyncio gather", "loop call_soon", "loop slow_callback_duration", "Process stdin");
        assertThat(without)
                .as("names of asyncio without a row in runtime/README.md")
                .isEmpty();
    }

    private static List<String> recorded() throws IOException {
        try (InputStream names = NamesTest.class.getResourceAsStream("/documentation/asyncio_names.txt")) {
            return new String(Objects.requireNonNull(names).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}
