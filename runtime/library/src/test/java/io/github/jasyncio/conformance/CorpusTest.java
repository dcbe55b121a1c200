package io.github.jasyncio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No recorded program is forgotten. */
class CorpusTest {

    @Test
    void every_trace_has_its_program_and_its_twin() throws Exception {
        List<String> traces = cases(".trace");

        assertThat(cases(".py")).containsAll(traces);
        assertThat(traces.stream().filter(name -> !hasTwin(name))).isEmpty();
        assertThat(traces).hasSizeGreaterThan(100);
    }

    private static List<String> cases(String suffix) throws IOException, URISyntaxException {
        URL corpus = Objects.requireNonNull(CorpusTest.class.getResource("/conformance"));
        try (Stream<Path> files = Files.list(Path.of(corpus.toURI()))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(suffix))
                    .map(name -> name.substring(0, name.length() - suffix.length()))
                    .sorted()
                    .toList();
        }
    }

    private static boolean hasTwin(String caseName) {
        String className = Arrays.stream(caseName.split("_", -1))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining("", CorpusTest.class.getPackageName() + ".", "Test"));
        try {
            return Twin.class.isAssignableFrom(Class.forName(className));
        } catch (ClassNotFoundException none) {
            return false;
        }
    }
}
