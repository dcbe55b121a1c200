package io.github.jasyncio.debug;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where things stand in the sources of these tests: messages name lines, and tests find them by their comments. */
final class Sources {

    private static final Path DIRECTORY = Path.of("src/test/java/io/github/jasyncio/debug");

    private Sources() {}

    /** The number of the line that ends with a comment. */
    static int line(String file, String comment) {
        try {
            List<String> lines = Files.readAllLines(DIRECTORY.resolve(file));
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).endsWith("// " + comment)) {
                    return i + 1;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalArgumentException("no line of " + file + " ends with // " + comment);
    }
}
