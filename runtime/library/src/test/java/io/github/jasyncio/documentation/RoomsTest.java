package io.github.jasyncio.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who opens core's root package sees the API; and what can be written with await is not written by hand. */
class RoomsTest {

    /** Files of the root package that users do not import. Another one finds a room below {@code internal}, or a place in one of these. */
    private static final int MOST_BESIDES_THE_API = 20;

    private static final Path ROOT = Path.of("../core/src/main/java/io/github/jasyncio");

    @Test
    void the_root_package_is_the_api_and_little_else() throws IOException {
        try (Stream<Path> files = Files.list(ROOT)) {
            assertThat(files.filter(
                            contains("\n(final |abstract |sealed |non-sealed )*(class|interface|record|enum) ")))
                    .hasSizeLessThanOrEqualTo(MOST_BESIDES_THE_API);
        }
    }

    @Test
    void a_loop_is_read_in_one_sitting() throws IOException {
        for (String file : List.of("EventLoop.java", "BaseLoop.java")) {
            assertThat(Files.readAllLines(ROOT.resolve(file))).as(file).hasSizeLessThan(600);
        }
    }

    @Test
    void nothing_in_library_is_driven_by_hand() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(contains("extends HandWritten\\b"))).isEmpty();
        }
    }

    private static Predicate<Path> contains(String regex) {
        return file -> {
            try {
                return file.toString().endsWith(".java")
                        && Pattern.compile(regex)
                                .matcher(Files.readString(file))
                                .find();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }
}
