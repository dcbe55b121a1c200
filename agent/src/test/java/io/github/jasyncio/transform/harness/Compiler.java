package io.github.jasyncio.transform.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles Java sources in this virtual machine, into memory.
 *
 * @param name for messages
 * @param tool the compiler
 * @param options as on its command line, besides the class path
 */
public record Compiler(String name, JavaCompiler tool, List<String> options) {

    public Compiler {
        options = List.copyOf(options);
    }

    /** The javac of the JDK that runs the tests. */
    public static Compiler javac(String... options) {
        return new Compiler(
                "javac " + Runtime.version().feature() + " " + String.join(" ", options),
                ToolProvider.getSystemJavaCompiler(),
                List.of(options));
    }

    /**
     * Compiles sources that are not in files.
     *
     * @throws IllegalArgumentException with the compiler's messages if the sources are wrong
     * @throws CrashException if the compiler fails on them
     */
    public ClassFiles compile(Map<String, String> sourceByClassName) {
        List<JavaFileObject> sources = new ArrayList<>();
        sourceByClassName.forEach((className, text) -> sources.add(new Source(className, text)));
        return compile(sources);
    }

    /** Compiles all sources of a package of these tests. */
    public ClassFiles compilePackage(String packageName) {
        return compile(sourcesOfPackage(packageName));
    }

    static Map<String, String> sourcesOfPackage(String packageName) {
        Path directory = Path.of("src/test/java").resolve(packageName.replace('.', '/'));
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith("Target.java")).toList()) {
                String simpleName = file.getFileName().toString().replace(".java", "");
                sources.put(packageName + "." + simpleName, Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sources;
    }

    private ClassFiles compile(List<JavaFileObject> sources) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("-proc:none", "-classpath", System.getProperty("java.class.path")));
        StringWriter messages = new StringWriter();
        try (Output output = new Output(tool.getStandardFileManager(null, null, null))) {
            boolean success =
                    tool.getTask(messages, output, null, all, null, sources).call();
            if (messages.toString().contains("An exception has occurred in the compiler")) {
                throw new CrashException(name + ": " + messages);
            }
            if (!success) {
                throw new IllegalArgumentException(name + ": " + messages);
            }
            return output.classFiles();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String className, String text) {
            super(URI.create("string:///" + className.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Keeps class files in memory. */
    private static final class Output extends ForwardingJavaFileManager<JavaFileManager> {

        private final Map<String, ByteArrayOutputStream> written = new TreeMap<>();

        Output(JavaFileManager inputs) {
            super(inputs);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(
                    URI.create("memory:///" + className.replace('.', '/') + kind.extension), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    written.put(className.replace('/', '.'), bytes);
                    return bytes;
                }
            };
        }

        ClassFiles classFiles() {
            Map<String, byte[]> classes = new TreeMap<>();
            written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
            return new ClassFiles(classes);
        }
    }
}
