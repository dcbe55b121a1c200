package io.github.jasyncio.agent.files;

import io.github.jasyncio.transform.FrameClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;

/**
 * Frame classes of async methods that are gone: javac removes the class files that it made, but knows nothing of ours.
 */
public final class StaleFrames {

    private static final String MARK = "$async$";
    private static final String SUFFIX = ".class";

    private static final int CLASS = 7;
    private static final int NAME_AND_TYPE = 12;

    private StaleFrames() {}

    /**
     * Deletes the frame classes below {@code root} that no class beside them refers to.
     *
     * @return their names
     */
    static List<String> delete(Path root) throws IOException {
        return delete(LinkedFiles.below(root).stream());
    }

    /** The same in one directory, and not below it. */
    public static List<String> deleteIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return delete(files);
        }
    }

    private static List<String> delete(Stream<Path> files) throws IOException {
        List<String> deleted = new ArrayList<>();
        Owners owners = new Owners();
        for (Path file : candidates(files)) {
            byte[] classFile = Files.readAllBytes(file);
            Optional<String> owner = FrameClass.ownerOf(classFile);
            if (owner.isPresent()) { // otherwise its name only looks like that of a frame
                String name = new ClassReader(classFile).getClassName();
                if (!isNeeded(file, name, owner.get(), owners)) {
                    Files.delete(file);
                    deleted.add(name.replace('/', '.'));
                }
            }
        }
        return List.copyOf(deleted);
    }

    private static List<Path> candidates(Stream<Path> files) {
        return files.filter(file -> isNamedLikeAFrame(file.getFileName().toString()))
                .filter(Files::isRegularFile)
                .sorted()
                .toList();
    }

    private static boolean isNamedLikeAFrame(String fileName) {
        return fileName.contains(MARK) && fileName.endsWith(SUFFIX);
    }

    private static boolean isNeeded(Path file, String frameName, String ownerName, Owners owners) throws IOException {
        Path owner = file.resolveSibling(ownerName.substring(ownerName.lastIndexOf('/') + 1) + SUFFIX);
        return Files.isRegularFile(owner) && owners.mayReferTo(owner, frameName);
    }

    /** Null if it is not a class file, or newer than ASM knows: the transformer has said so already, and nothing is deleted on a guess. */
    private static @Nullable ClassReader read(Path file) throws IOException {
        try {
            return new ClassReader(Files.readAllBytes(file));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return null;
        }
    }

    /** The classes that frames may belong to. Each is read once, however many frames it has. */
    private static final class Owners {

        private final Map<Path, Optional<Set<String>>> references = new HashMap<>();

        /** True also of what cannot be read. */
        boolean mayReferTo(Path owner, String frameName) throws IOException {
            Optional<Set<String>> names = references.get(owner);
            if (names == null) {
                names = Optional.ofNullable(read(owner)).map(Owners::namesIn);
                references.put(owner, names);
            }
            return names.isEmpty() || names.get().contains(frameName);
        }

        /**
         * The classes that the constant pool names. What rewritten code does with a frame needs it as a CONSTANT_Class (JVMS 4.4.1); a body that never
         * suspends does nothing with it, but is called, by a descriptor that is in a CONSTANT_NameAndType (JVMS 4.4.6).
         */
        private static Set<String> namesIn(ClassReader owner) {
            Set<String> names = new HashSet<>();
            char[] buffer = new char[owner.getMaxStringLength()];
            for (int item = 1; item < owner.getItemCount(); item++) {
                int offset = owner.getItem(item);
                // 0 is the unused half of a long or double; the tag stands before the content.
                int tag = offset > 0 ? owner.readByte(offset - 1) : 0;
                if (tag == CLASS) {
                    names.add(owner.readUTF8(offset, buffer));
                } else if (tag == NAME_AND_TYPE) {
                    addNamesIn(owner.readUTF8(offset + 2, buffer), names);
                }
            }
            return names;
        }

        private static void addNamesIn(String descriptor, Set<String> names) {
            int end = -1;
            for (int begin = descriptor.indexOf('L'); begin >= 0; begin = descriptor.indexOf('L', end)) {
                end = descriptor.indexOf(';', begin);
                names.add(descriptor.substring(begin + 1, end));
            }
        }
    }
}
