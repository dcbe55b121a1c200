package io.github.jasyncio.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/**
 * The JDKs that tests may start programs on: the one that runs the tests, and a JDK 25 if the machine has one. That is found by the
 * environment variable {@code JASYNCIO_JDK25}, or beside the JDK that runs the tests.
 */
public final class Jdks {

    private Jdks() {}

    /** For {@code @MethodSource}: the homes of all that there are. Says so on standard output if there is no JDK 25. */
    public static Stream<Named<Path>> all() {
        Path current = Path.of(System.getProperty("java.home"));
        List<Named<Path>> homes = new ArrayList<>();
        homes.add(Named.of("JDK " + Runtime.version().feature(), current));
        if (Runtime.version().feature() != 25) {
            jdk25().ifPresentOrElse(
                            home -> homes.add(Named.of("JDK 25", home)),
                            () -> System.out.println(
                                    "JDK 25 not found: nothing is tested on it; set JASYNCIO_JDK25 to its home"));
        }
        return homes.stream();
    }

    /** The home of a JDK 25, if the machine has one. */
    public static Optional<Path> jdk25() {
        String told = System.getenv("JASYNCIO_JDK25");
        if (told != null) {
            return Optional.of(Path.of(told));
        }
        Path folder = Path.of(System.getProperty("java.home")).getParent();
        if (folder == null) {
            return Optional.empty();
        }
        try (Stream<Path> siblings = Files.list(folder)) {
            return siblings.filter(Jdks::is25).sorted().findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean is25(Path home) {
        Path release = home.resolve("release");
        try {
            return Files.isRegularFile(release) && Files.readString(release).contains("JAVA_VERSION=\"25");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
