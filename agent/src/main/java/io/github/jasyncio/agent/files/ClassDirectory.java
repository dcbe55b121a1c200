package io.github.jasyncio.agent.files;

import io.github.jasyncio.transform.ClassFiles;
import io.github.jasyncio.transform.FrameClass;
import io.github.jasyncio.transform.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A directory of class files: the root of packages, as javac's {@code -d} makes it. */
public final class ClassDirectory {

    private static final String SUFFIX = ".class";

    private final Path root;

    /**
     * Names the directory.
     *
     * @param root where the packages begin
     */
    public ClassDirectory(Path root) {
        this.root = root;
    }

    /**
     * Reports on all classes and writes nothing.
     *
     * @throws IOException if a file cannot be read
     */
    public void check(Rewriting rewriting) throws IOException {
        for (Path file : LinkedFiles.below(root)) {
            if (isClass(file)) {
                rewriting.rewrite(className(file), Files.readAllBytes(file), beside(file));
            }
        }
    }

    /**
     * Rewrites all classes where they are. What needs no change is not written, so that a second run changes nothing; frame classes that
     * no class needs any more are deleted.
     *
     * @return the names of the frame classes deleted
     * @throws IOException if a file cannot be read or written
     */
    public List<String> transform(Rewriting rewriting) throws IOException {
        for (Path file : LinkedFiles.below(root)) {
            if (isClass(file)) {
                Optional<Result> result = rewriting.rewrite(className(file), Files.readAllBytes(file), beside(file));
                if (result.isPresent()) {
                    write(file, result.get());
                }
            }
        }
        return StaleFrames.delete(root);
    }

    /**
     * Fills another directory with what is in this one, the classes rewritten, other files copied.
     *
     * @throws IOException if a file cannot be read or written
     */
    public void transformInto(Path target, Rewriting rewriting) throws IOException {
        for (Path file : LinkedFiles.below(root)) {
            Path copy = target.resolve(root.relativize(file).toString());
            byte[] content = Files.readAllBytes(file);
            Optional<Result> result =
                    isClass(file) ? rewriting.rewrite(className(file), content, beside(file)) : Optional.empty();
            if (result.isPresent()) {
                write(copy, result.get(), file);
            } else {
                AtomicFile.write(copy, content, file);
            }
        }
        StaleFrames.delete(target);
    }

    /**
     * Writes a rewritten class, and its frame classes beside it. These first: whoever is stopped in between leaves a class that is still to be rewritten,
     * not one that lacks its frames.
     *
     * <p>Where {@code file} is a symbolic link, the class is written to where that leads; its frames stand beside both, because the class may be loaded from
     * either place.
     *
     * @throws IOException if a file cannot be written
     */
    public static void write(Path file, Result result) throws IOException {
        write(file, result, file);
    }

    private static void write(Path file, Result result, Path like) throws IOException {
        for (FrameClass frame : result.frameClasses()) {
            String name = frame.internalName();
            String fileName = name.substring(name.lastIndexOf('/') + 1) + SUFFIX;
            AtomicFile.write(file.resolveSibling(fileName), frame.classFile(), like);
            if (Files.isSymbolicLink(file)) {
                AtomicFile.write(LinkedFiles.target(file).resolveSibling(fileName), frame.classFile(), like);
            }
        }
        AtomicFile.write(file, result.classFile(), like);
    }

    /**
     * The classes in the same directory as {@code file}.
     *
     * @throws UncheckedIOException when asked for one that is there and cannot be read
     */
    public static ClassFiles beside(Path file) {
        return internalName -> {
            Path other = file.resolveSibling(internalName.substring(internalName.lastIndexOf('/') + 1) + SUFFIX);
            try {
                return Files.isRegularFile(other) ? Files.readAllBytes(other) : null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private static boolean isClass(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(SUFFIX) && !name.equals("module-info.class") && !name.equals("package-info.class");
    }

    private String className(Path file) {
        StringBuilder name = new StringBuilder();
        for (Path part : root.relativize(file)) {
            name.append(name.isEmpty() ? "" : ".").append(part);
        }
        name.setLength(name.length() - SUFFIX.length());
        return name.toString();
    }
}
