package io.github.jasyncio.transform.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.eclipse.jdt.core.compiler.batch.BatchCompiler;

/**
 * A Java compiler with its options, run in this virtual machine.
 *
 * @param name for messages
 * @param command the compiler
 * @param options as on its command line, besides the class path
 */
public record Compiler(String name, Command command, List<String> options) {

    /** Where sources of these tests are; what is in the second, Maven does not compile. */
    private static final List<Path> SOURCES = List.of(Path.of("src/test/java"), Path.of("src/test/java25"));

    private static final List<String> CRASHES = List.of(
            "An exception has occurred in the compiler",
            "Internal compiler error",
            "Missing code implementation in the compiler");

    public Compiler {
        options = List.copyOf(options);
    }

    /** The javac of the JDK that runs the tests. */
    public static Compiler javac(String... options) {
        String name = "javac " + Runtime.version().feature() + " " + String.join(" ", options);
        return new Compiler(name, Compiler::runJavac, List.of(options));
    }

    /** The Eclipse compiler. */
    public static Compiler ecj(String... options) {
        return new Compiler("ecj " + String.join(" ", options), Compiler::runEcj, List.of(options));
    }

    /** One compiler. */
    interface Command {

        /** False if it did not succeed. */
        boolean run(ByteArrayOutputStream messages, String... arguments);
    }

    private static boolean runJavac(ByteArrayOutputStream messages, String... arguments) {
        return ToolProvider.getSystemJavaCompiler().run(null, messages, messages, arguments) == 0;
    }

    private static boolean runEcj(ByteArrayOutputStream messages, String... arguments) {
        PrintWriter writer = new PrintWriter(messages, true, UTF_8);
        return BatchCompiler.compile(arguments, writer, writer, null);
    }

    /**
     * Compiles the targets of a package of these tests.
     *
     * @throws IllegalArgumentException with the compiler's messages if the sources are wrong
     */
    public ClassFiles compilePackage(String packageName) {
        Map<String, String> sources = new TreeMap<>();
        for (Path root : SOURCES) {
            Path directory = root.resolve(packageName.replace('.', '/'));
            if (Files.isDirectory(directory)) {
                readTargets(directory, packageName, sources);
            }
        }
        return compile(sources);
    }

    private static void readTargets(Path directory, String packageName, Map<String, String> sources) {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith("Target.java")).toList()) {
                String simpleName = file.getFileName().toString().replace(".java", "");
                sources.put(packageName + "." + simpleName, Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Compiles sources that are not in files.
     *
     * @throws IllegalArgumentException with the compiler's messages if the sources are wrong
     * @throws CrashException if the compiler fails on them
     */
    public ClassFiles compile(Map<String, String> sourceByClassName) {
        try {
            Path directory = Files.createTempDirectory("jasyncio-sources");
            try {
                return compile(sourceByClassName, directory);
            } finally {
                delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ClassFiles compile(Map<String, String> sourceByClassName, Path directory) throws IOException {
        Path output = Files.createDirectory(directory.resolve("classes"));
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("-proc:none", "-classpath", System.getProperty("java.class.path")));
        arguments.addAll(List.of("-encoding", "UTF-8", "-d", output.toString()));
        for (Map.Entry<String, String> source : sourceByClassName.entrySet()) {
            Path file = directory.resolve(source.getKey().replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            arguments.add(Files.writeString(file, source.getValue()).toString());
        }
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        boolean success = command.run(messages, arguments.toArray(String[]::new));
        String text = messages.toString(UTF_8);
        if (CRASHES.stream().anyMatch(text::contains)) {
            throw new CrashException(name + ": " + text);
        }
        if (!success) {
            throw new IllegalArgumentException(name + ": " + text);
        }
        return ClassFiles.in(output, "");
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Override
    public String toString() {
        return name;
    }

    /** The compiler has a bug. */
    public static final class CrashException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        CrashException(String message) {
            super(message);
        }
    }
}
