package io.github.jasyncio.agent;

import io.github.jasyncio.transform.BlockingCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file in which users add to the calls that async methods are warned of. */
public final class BlockingCallsFile {

    private BlockingCallsFile() {}

    /**
     * The calls that are known, and those that the file adds.
     *
     * @throws IllegalArgumentException if it cannot be read, or has a line that makes no sense
     */
    public static BlockingCalls read(Path file) {
        try {
            return BlockingCalls.knownAnd(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the list of blocking calls cannot be read: " + e + "; name a text file in UTF-8", e);
        }
    }
}
