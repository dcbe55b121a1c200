package io.github.jasyncio.agent.files;

import io.github.jasyncio.transform.ClassFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Class files in directories and jars, in their order, and behind them those of the JDK that runs this. What cannot be read is not there.
 *
 * <p>What a jar holds is read once: most classes that are asked for are in none of many jars. No jar stays open. Confined to one thread.
 */
public final class ClassPath implements ClassFiles {

    private final List<Path> elements;
    private final Map<Path, Set<String>> namesInJars = new HashMap<>();

    /** Names the directories and jars; they need not exist. */
    public ClassPath(List<Path> elements) {
        this.elements = List.copyOf(elements);
    }

    @Override
    public byte @Nullable [] find(String internalName) {
        String name = internalName + ".class";
        try {
            for (Path element : elements) {
                byte[] found = Files.isDirectory(element) ? inDirectory(element, name) : inJar(element, name);
                if (found != null) {
                    return found;
                }
            }
            return inJdk(name);
        } catch (IOException e) {
            return null; // verification believes what it cannot look up; rewriting does not need it
        }
    }

    private static byte @Nullable [] inDirectory(Path directory, String name) throws IOException {
        Path file = directory.resolve(name);
        return Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
    }

    private byte @Nullable [] inJar(Path jar, String name) throws IOException {
        Set<String> names = namesInJars.get(jar);
        if (names == null) {
            names = namesIn(jar);
            namesInJars.put(jar, names);
        }
        if (!names.contains(name)) {
            return null;
        }
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(name);
            if (entry == null) {
                return null;
            }
            try (InputStream in = zip.getInputStream(entry)) {
                return in.readAllBytes();
            }
        }
    }

    private static Set<String> namesIn(Path jar) {
        if (!Files.isRegularFile(jar)) {
            return Set.of();
        }
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            return Set.of();
        }
    }

    private static byte @Nullable [] inJdk(String name) throws IOException {
        try (InputStream in = ClassLoader.getPlatformClassLoader().getResourceAsStream(name)) {
            return in == null ? null : in.readAllBytes();
        }
    }
}
