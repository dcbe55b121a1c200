package io.github.jasyncio.agent.files;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Objects;

/** Files that are there as a whole or not at all: a build that is stopped leaves no half of a class behind. */
final class AtomicFile {

    private AtomicFile() {}

    /** Gives {@code file} this content; one that has it already is left alone, and keeps its time. */
    static void write(Path file, byte[] content) throws IOException {
        if (Files.exists(file)
                && Files.size(file) == content.length
                && Arrays.equals(Files.readAllBytes(file), content)) {
            return;
        }
        Path beside = newBeside(file);
        try {
            Files.write(beside, content);
            replace(file, beside);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** An empty file in the same directory, for {@link #replace}. Its directory is made if need be. */
    static Path newBeside(Path file) throws IOException {
        // What has a file name has a directory, once it is absolute.
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Files.createDirectories(directory);
        // Not createTempFile: its files are for the owner only, and the class files of a build are for all who may read
        // the directory.
        // The name is not made longer: it may be as long already as a name can be.
        String name = Integer.toHexString(file.getFileName().hashCode());
        return Files.createFile(
                directory.resolve(name + "." + ProcessHandle.current().pid() + ".tmp"));
    }

    /** Moves {@code complete} to where {@code file} is, or is to be. */
    static void replace(Path file, Path complete) throws IOException {
        try {
            Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(complete, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
