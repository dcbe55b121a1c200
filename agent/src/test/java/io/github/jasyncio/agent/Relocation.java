package io.github.jasyncio.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/** Gives jasyncio another package, as maven-shade and its like do: in names, and in those texts that begin with the package's name. */
final class Relocation {

    static final String FROM = "io/github/jasyncio";
    static final String TO = "shop/shaded/jasyncio";

    private Relocation() {}

    /** Relocates all classes of a directory or jar. */
    static void relocate(Path classes, Path target) throws IOException {
        if (Files.isDirectory(classes)) {
            relocateBelow(classes, target);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(classes)) {
                relocateBelow(jar.getPath("/"), target);
            }
        }
    }

    private static void relocateBelow(Path root, Path target) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root)) {
            files = walk.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !file.endsWith("module-info.class"))
                    .toList();
        }
        for (Path file : files) {
            ClassReader reader = new ClassReader(Files.readAllBytes(file));
            ClassWriter writer = new ClassWriter(0);
            reader.accept(new ClassRemapper(writer, new Shade()), 0);
            Path relocated = target.resolve(moved(reader.getClassName()) + ".class");
            try {
                Files.createDirectories(relocated.getParent());
                Files.write(relocated, writer.toByteArray());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String moved(String path) {
        return path.startsWith(FROM) ? TO + path.substring(FROM.length()) : path;
    }

    private static final class Shade extends Remapper {

        Shade() {
            super(org.objectweb.asm.Opcodes.ASM9);
        }

        @Override
        public String map(String internalName) {
            return moved(internalName);
        }

        @Override
        public Object mapValue(Object value) {
            if (!(value instanceof String text)) {
                return super.mapValue(value);
            }
            String path = text.replace('.', '/');
            if (!path.startsWith(FROM)) {
                return text;
            }
            String to = text.startsWith(FROM) ? TO : TO.replace('/', '.');
            return to + text.substring(FROM.length());
        }
    }
}
