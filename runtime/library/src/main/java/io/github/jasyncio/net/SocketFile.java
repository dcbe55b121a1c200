package io.github.jasyncio.net;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file by which others find a listening Unix domain socket.
 *
 * @param path where
 * @param key tells the file from another one at the same place, where the file system has such keys
 */
record SocketFile(Path path, @Nullable Object key) {

    /** That of a socket; null if it has none. */
    static @Nullable SocketFile of(ServerSocketChannel channel) {
        try {
            if (channel.getLocalAddress() instanceof UnixDomainSocketAddress address) {
                return new SocketFile(
                        address.getPath(), attributes(address.getPath()).fileKey());
            }
        } catch (IOException e) {
            // Closed, or somebody has deleted it: nothing to clean up.
        }
        return null;
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Deletes what a server that is no more has left behind, so that another one can be there. */
    static void deleteStale(Path path) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && attributes(path).isOther()) {
            Files.delete(path);
        }
    }

    /** Deletes the file if it is still the same. */
    void delete() throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                && Objects.equals(attributes(path).fileKey(), key)) {
            Files.delete(path);
        }
    }
}
