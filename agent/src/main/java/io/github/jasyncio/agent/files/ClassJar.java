package io.github.jasyncio.agent.files;

import io.github.jasyncio.transform.ClassFiles;
import io.github.jasyncio.transform.FrameClass;
import io.github.jasyncio.transform.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A jar of class files, or an application for Spring Boot or a servlet container; jars inside of those stay as they are. Entries keep their order, times and manner of storing, so that the manifest stays first and the same jar always
 * gives the same jar. Frame classes stand before the class that they belong to; in a multi-release jar that is below the same {@code
 * META-INF/versions/N}.
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
        try (ZipFile jar = new ZipFile(file.toFile())) {
            Enumeration<? extends ZipEntry> entries = jar.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (isClass(entry)) {
                    rewriting.rewrite(className(entry), read(jar, entry), beside(jar, entry));
                }
            }
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
        Path complete = AtomicFile.newBeside(target);
        try {
            try (ZipFile jar = new ZipFile(file.toFile())) {
                refuseSigned(jar);
                try (OutputStream out = Files.newOutputStream(complete);
                        ZipOutputStream zip = new ZipOutputStream(out)) {
                    if (jar.getComment() != null) {
                        zip.setComment(jar.getComment());
                    }
                    copy(jar, zip, rewriting);
                }
            }
            boolean inPlace = Files.exists(target) && Files.isSameFile(file, target);
            if (!inPlace || !rewriting.rewritten().isEmpty()) {
                AtomicFile.replace(target, complete);
            }
        } finally {
            Files.deleteIfExists(complete);
        }
    }

    private static void copy(ZipFile jar, ZipOutputStream zip, Rewriting rewriting) throws IOException {
        // Frame classes of an earlier rewriting may be there; the new ones stand before their class, so the old come
        // too late.
        Set<String> written = new HashSet<>();
        Enumeration<? extends ZipEntry> entries = jar.entries();
        while (entries.hasMoreElements()) {
            ZipEntry entry = entries.nextElement();
            byte[] content = read(jar, entry);
            Optional<Result> result = isClass(entry)
                    ? rewriting.rewrite(className(entry), content, beside(jar, entry))
                    : Optional.empty();
            if (result.isPresent()) {
                for (FrameClass frame : result.get().frameClasses()) {
                    String name = prefix(entry) + frame.internalName() + SUFFIX;
                    if (written.add(name)) {
                        put(zip, entry, name, frame.classFile());
                    }
                }
                content = result.get().classFile();
            }
            if (written.add(entry.getName())) {
                put(zip, entry, entry.getName(), content);
            }
        }
    }

    private static void put(ZipOutputStream zip, ZipEntry like, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        // Not setTime, which would read the jar's local time in this machine's zone.
        if (like.getTimeLocal() != null) {
            entry.setTimeLocal(like.getTimeLocal());
        }
        if (name.equals(like.getName())) {
            entry.setComment(like.getComment());
        }
        if (like.getMethod() == ZipEntry.STORED) {
            CRC32 crc = new CRC32();
            crc.update(content);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(content.length);
            entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private void refuseSigned(ZipFile jar) throws SignedJarException {
        Enumeration<? extends ZipEntry> entries = jar.entries();
        while (entries.hasMoreElements()) {
            String name = entries.nextElement().getName().toUpperCase(Locale.ROOT);
            if (name.startsWith("META-INF/") && name.indexOf('/', 9) < 0 && name.endsWith(".SF")) {
                throw new SignedJarException(file + " is signed (" + name
                        + "): rewriting its classes would break the signature; rewrite" + " first and sign then");
            }
        }
    }

    private static ClassFiles beside(ZipFile jar, ZipEntry entry) {
        return internalName -> {
            ZipEntry other = jar.getEntry(prefix(entry) + internalName + SUFFIX);
            try {
                return other == null ? null : read(jar, other);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private static byte[] read(ZipFile jar, ZipEntry entry) throws IOException {
        return jar.getInputStream(entry).readAllBytes();
    }

    private static boolean isClass(ZipEntry entry) {
        String name = entry.getName();
        return name.endsWith(SUFFIX) && !name.endsWith("module-info.class") && !name.endsWith("package-info.class");
    }

    /** Where the packages of an entry begin: empty, or {@code META-INF/versions/17/}, or {@code WEB-INF/classes/}. */
    private static String prefix(ZipEntry entry) {
        String name = entry.getName();
        for (String root : ROOTS) {
            if (name.startsWith(root)) {
                return root;
            }
        }
        return name.startsWith(VERSIONS) ? name.substring(0, name.indexOf('/', VERSIONS.length()) + 1) : "";
    }

    private static String className(ZipEntry entry) {
        String name = entry.getName();
        return name.substring(prefix(entry).length(), name.length() - SUFFIX.length())
                .replace('/', '.');
    }
}
