package io.github.jasyncio.transform.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Class files by class name. */
public final class ClassFiles {

    private final Map<String, byte[]> byName;

    public ClassFiles(Map<String, byte[]> byName) {
        this.byName = Collections.unmodifiableMap(new TreeMap<>(byName));
    }

    /** All classes of a package, without sub-packages, that the test class path holds as files. */
    public static ClassFiles ofPackage(String packageName) {
        Path root;
        try {
            root = Path.of(ClassFiles.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return in(root.resolve(packageName.replace('.', '/')), packageName + ".");
    }

    /** All classes below a directory. */
    public static ClassFiles in(Path directory, String prefix) {
        Map<String, byte[]> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                String name = directory.relativize(file).toString().replace(java.io.File.separatorChar, '.');
                found.put(prefix + name.substring(0, name.length() - ".class".length()), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ClassFiles(found);
    }

    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    public boolean contains(String className) {
        return byName.containsKey(className);
    }

    public byte @Nullable [] bytes(String className) {
        return byName.get(className);
    }

    Map<String, byte[]> asMap() {
        return byName;
    }

    /** Defines these classes itself, before its parent is asked. */
    public ClassLoader loader() {
        return new ChildFirstLoader(this);
    }

    /** A class and what is nested in it. */
    public ClassFiles withNestedClassesOf(String className) {
        return filter(name -> name.equals(className) || name.startsWith(className + "$"));
    }

    /** True if the virtual machine takes the classes; compilers have bugs too. */
    public boolean areValid() {
        ClassLoader loader = loader();
        try {
            for (String name : names()) {
                link(name, loader);
            }
            return true;
        } catch (LinkageError e) {
            return false;
        }
    }

    /** Makes the virtual machine verify a class. */
    static void link(String className, ClassLoader loader) {
        try {
            Object unused = Class.forName(className, false, loader).getDeclaredMethods();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    ClassFiles filter(Predicate<String> names) {
        Map<String, byte[]> chosen = new TreeMap<>(byName);
        chosen.keySet().removeIf(names.negate());
        return new ClassFiles(chosen);
    }
}
