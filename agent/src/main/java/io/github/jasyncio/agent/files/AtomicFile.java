package io.github.jasyncio.agent.files;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files that are there as a whole or not at all: a build that is stopped leaves no half of a class behind.
 *
 * <p>To others it looks as if the file itself had been written: a symbolic link goes on to lead there, and mode, owner and group stay.
 */
final class AtomicFile {

    private AtomicFile() {}

    /**
     * Gives {@code file} this content; one that has it already is left alone, and keeps its time.
     *
     * @param like whose mode the file gets if it is not there yet
     */
    static void write(Path file, byte[] content, Path like) throws IOException {
        if (Files.exists(file)
                && Files.size(file) == content.length
                && Arrays.equals(Files.readAllBytes(file), content)) {
            return;
        }
        Path beside = newBeside(file);
        try {
            Files.write(beside, content);
            replace(file, beside, like);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** An empty file in the same directory, for {@link #replace}. Its directory is made if need be. */
    static Path newBeside(Path file) throws IOException {
        Path target = LinkedFiles.target(file);
        // What has a file name has a directory, once it is absolute.
        Path directory = Objects.requireNonNull(target.getParent());
        Files.createDirectories(directory);
        // The name is not made longer: it may be as long already as a name can be.
        String name = Integer.toHexString(target.getFileName().hashCode());
        Path beside = directory.resolve(name + "." + ProcessHandle.current().pid() + ".tmp");
        // Until it has its mode, it is for nobody else: what it replaces may be secret.
        FileAttribute<?>[] attributes = posix(directory) == null
                ? new FileAttribute<?>[0]
                : new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE))
                };
        return Files.createFile(beside, attributes);
    }

    /**
     * Moves {@code complete} to where {@code file} is, or is to be.
     *
     * @param like whose mode the file gets if it is not there yet
     */
    static void replace(Path file, Path complete, Path like) throws IOException {
        Path target = LinkedFiles.target(file);
        if (Files.exists(target)) {
            resemble(complete, target);
        } else {
            setPermissions(complete, like);
        }
        try {
            Files.move(complete, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(complete, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Where the file system knows of modes and owners. Owner and group only as far as we may set them. */
    private static void resemble(Path file, Path like) throws IOException {
        PosixFileAttributeView view = posix(file);
        PosixFileAttributeView model = posix(like);
        if (view == null || model == null) {
            return;
        }
        PosixFileAttributes now = view.readAttributes();
        PosixFileAttributes wanted = model.readAttributes();
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        permissions.addAll(wanted.permissions());
        if (!now.group().equals(wanted.group())) {
            try {
                view.setGroup(wanted.group());
            } catch (IOException e) {
                keepOut(permissions); // the group is another one now
            }
        }
        if (!now.owner().equals(wanted.owner())) {
            try {
                view.setOwner(wanted.owner());
            } catch (IOException e) {
                // Only root can give files away; it stays ours.
            }
        }
        view.setPermissions(permissions);
    }

    private static void setPermissions(Path file, Path like) throws IOException {
        PosixFileAttributeView view = posix(file);
        PosixFileAttributeView model = posix(like);
        if (view != null && model != null) {
            view.setPermissions(model.readAttributes().permissions());
        }
    }

    /** Leaves the group what everybody may. */
    private static void keepOut(Set<PosixFilePermission> permissions) {
        if (!permissions.contains(PosixFilePermission.OTHERS_READ)) {
            permissions.remove(PosixFilePermission.GROUP_READ);
        }
        if (!permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            permissions.remove(PosixFilePermission.GROUP_WRITE);
        }
        if (!permissions.contains(PosixFilePermission.OTHERS_EXECUTE)) {
            permissions.remove(PosixFilePermission.GROUP_EXECUTE);
        }
    }

    private static @Nullable PosixFileAttributeView posix(Path file) {
        return Files.getFileAttributeView(file, PosixFileAttributeView.class);
    }
}
