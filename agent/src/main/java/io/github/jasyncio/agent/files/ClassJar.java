package io.github.jasyncio.agent.files;

import io.github.jasyncio.transform.ClassFiles;
import io.github.jasyncio.transform.FrameClass;
import io.github.jasyncio.transform.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A jar of class files, or an application for Spring Boot or a servlet container; jars inside of those stay as they are. All that is not rewritten keeps its
 * bytes: what stands before the first entry (a start script), and all other entries, with what belongs to them. Entries keep their order, times, modes, comments
 * and extra fields, so that the manifest stays first and the same jar always gives the same jar. Frame classes stand before the class that they belong to; in
 * a multi-release jar that is below the same {@code META-INF/versions/N}.
 */
public final class ClassJar {

    private static final String SUFFIX = ".class";
    private static final String VERSIONS = "META-INF/versions/";
    /** Where applications for Spring Boot and for servlet containers keep their own classes. */
    private static final List<String> ROOTS = List.of("BOOT-INF/classes/", "WEB-INF/classes/");

    private final Path file;

    /** Names the jar. */
    public ClassJar(Path file) {
        this.file = file;
    }

    /**
     * Reports on all classes and writes nothing.
     *
     * @throws IOException if the jar cannot be read
     */
    public void check(Rewriting rewriting) throws IOException {
        try (Archive jar = Archive.open(file)) {
            rewrite(jar, rewriting);
        }
    }

    /**
     * Writes a jar with the classes rewritten.
     *
     * @param target may be this jar itself, which is then replaced at the end, unless it needs no change
     * @throws IOException if a jar cannot be read or written
     * @throws SignedJarException if the jar is signed; nothing is written then
     */
    public void transformInto(Path target, Rewriting rewriting) throws IOException {
        try (Archive jar = Archive.open(file)) {
            refuseSigned(jar);
            Map<ArchiveEntry, Result> results = rewrite(jar, rewriting);
            boolean inPlace = Files.exists(target) && Files.isSameFile(file, target);
            if (inPlace && results.isEmpty()) {
                return;
            }
            Path complete = AtomicFile.newBeside(target);
            try {
                try (FileChannel out = FileChannel.open(complete, StandardOpenOption.WRITE)) {
                    if (results.isEmpty()) {
                        jar.copy(0, Files.size(file), out);
                    } else {
                        copy(jar, results, out);
                    }
                }
                AtomicFile.replace(target, complete, file);
            } finally {
                Files.deleteIfExists(complete);
            }
        }
    }

    private static Map<ArchiveEntry, Result> rewrite(Archive jar, Rewriting rewriting) throws IOException {
        Map<ArchiveEntry, Result> results = new LinkedHashMap<>();
        Map<String, ArchiveEntry> byName = new HashMap<>();
        jar.entries().forEach(entry -> byName.putIfAbsent(entry.name(), entry));
        for (ArchiveEntry entry : jar.entries()) {
            if (isClass(entry)) {
                Optional<Result> result =
                        rewriting.rewrite(className(entry), jar.content(entry), beside(jar, entry, byName));
                result.ifPresent(rewritten -> results.put(entry, rewritten));
            }
        }
        return results;
    }

    private static ClassFiles beside(Archive jar, ArchiveEntry entry, Map<String, ArchiveEntry> byName) {
        return internalName -> {
            ArchiveEntry other = byName.get(prefix(entry) + internalName + SUFFIX);
            try {
                return other == null ? null : jar.content(other);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private static void copy(Archive jar, Map<ArchiveEntry, Result> results, FileChannel out) throws IOException {
        // Frame classes of an earlier rewriting may be there, before their class or behind it; the new ones take their
        // place.
        Set<String> made = new HashSet<>();
        results.forEach((entry, result) ->
                result.frameClasses().forEach(frame -> made.add(prefix(entry) + frame.internalName() + SUFFIX)));
        Set<String> written = new HashSet<>();
        ArchiveCopy copy = new ArchiveCopy(jar, out);
        for (ArchiveEntry entry : jar.entriesInPlace()) {
            Result result = results.get(entry);
            if (result != null) {
                for (FrameClass frame : result.frameClasses()) {
                    String name = prefix(entry) + frame.internalName() + SUFFIX;
                    if (written.add(name)) { // not if the jar has the class twice
                        copy.addLike(entry, name, frame.classFile());
                    }
                }
                copy.replace(entry, result.classFile());
            } else if (!made.contains(entry.name())) {
                copy.add(entry);
            }
        }
        copy.finish(jar.entries());
    }

    private void refuseSigned(Archive jar) throws SignedJarException {
        for (ArchiveEntry entry : jar.entries()) {
            String name = entry.name().toUpperCase(Locale.ROOT);
            if (name.startsWith("META-INF/") && name.indexOf('/', 9) < 0 && name.endsWith(".SF")) {
                throw new SignedJarException(file + " is signed (" + name
                        + "): rewriting its classes would break the signature; rewrite first and sign then");
            }
        }
    }

    private static boolean isClass(ArchiveEntry entry) {
        String name = entry.name();
        return name.endsWith(SUFFIX) && !name.endsWith("module-info.class") && !name.endsWith("package-info.class");
    }

    /** Where the packages of an entry begin: empty, or {@code META-INF/versions/17/}, or {@code WEB-INF/classes/}. */
    private static String prefix(ArchiveEntry entry) {
        String name = entry.name();
        for (String root : ROOTS) {
            if (name.startsWith(root)) {
                return root;
            }
        }
        return name.startsWith(VERSIONS) ? name.substring(0, name.indexOf('/', VERSIONS.length()) + 1) : "";
    }

    private static String className(ArchiveEntry entry) {
        String name = entry.name();
        return name.substring(prefix(entry).length(), name.length() - SUFFIX.length())
                .replace('/', '.');
    }
}
