package io.github.jasyncio.programs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;

/** An agent that writes the class files of {@code shop} as those before it made them, and a program that loads one. */
public final class Recording {

    private Recording() {}

    /**
     * Where the virtual machine enters.
     *
     * @param directory where to write
     */
    public static void premain(String directory, Instrumentation instrumentation) {
        instrumentation.addTransformer(
                new ClassFileTransformer() {
                    @Override
                    public byte[] transform(
                            ClassLoader loader,
                            String name,
                            Class<?> redefined,
                            ProtectionDomain domain,
                            byte[] classFile) {
                        if (name.startsWith("shop/")) {
                            write(Path.of(directory, name + ".class"), classFile);
                        }
                        return null;
                    }
                },
                true);
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void main(String[] arguments) throws ClassNotFoundException {
        System.out.println(Class.forName("shop.Orders").getName());
    }
}
