package io.github.jasyncio.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Counts the sockets of this process, where the system tells. */
final class OpenSockets {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private OpenSockets() {}

    /** How many there are; skips the test where that is not known. */
    static long count() {
        Assumptions.assumeTrue(Files.isDirectory(DESCRIPTORS), "the system does not tell which descriptors are open");
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            return descriptors.filter(OpenSockets::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            // The one that the directory was read with.
            return false;
        }
    }
}
