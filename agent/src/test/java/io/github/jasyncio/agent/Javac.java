package io.github.jasyncio.agent;

import io.github.jasyncio.Async;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles sources that a test makes up, with the core on the class path. */
public final class Javac {

    private static final String HEAD = """
            package shop;

            import static io.github.jasyncio.Asyncio.await;

            import io.github.jasyncio.Async;
            import io.github.jasyncio.Coroutine;

            """;

    private Javac() {}

    /** Compiles a class of the package {@code shop}: {@code Orders} from {@code class Orders {...}}, imports being given. */
    public static void shop(Path classes, String className, String body) throws IOException {
        compile(classes, className, HEAD + body);
    }

    /** Compiles one source file. */
    public static void compile(Path classes, String className, String source) throws IOException {
        run(
                classes,
                List.of("-cp", Jvm.location(Async.class) + File.pathSeparator + classes),
                Map.of(className, source));
    }

    /** Compiles source files, by class name, with more on the class path than the core. */
    static void compile(Path classes, Path library, Map<String, String> sources) throws IOException {
        run(classes, List.of("-cp", Jvm.location(Async.class) + File.pathSeparator + library), sources);
    }

    /** Compiles the source files of a module, the core on the module path. */
    static void module(Path classes, Map<String, String> sources) throws IOException {
        run(classes, List.of("-p", Jvm.location(Async.class).toString()), sources);
    }

    private static void run(Path classes, List<String> paths, Map<String, String> sources) throws IOException {
        Path directory = Files.createTempDirectory("jasyncio");
        List<Path> written = new ArrayList<>();
        try {
            for (Map.Entry<String, String> source : sources.entrySet()) {
                written.add(Files.writeString(directory.resolve(source.getKey() + ".java"), source.getValue()));
            }
            List<String> options = new ArrayList<>(List.of("-g", "-proc:none", "-d", classes.toString()));
            options.addAll(paths);
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            StringWriter messages = new StringWriter();
            try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
                boolean compiled = compiler.getTask(
                                messages,
                                files,
                                null,
                                options,
                                null,
                                files.getJavaFileObjects(written.toArray(new Path[0])))
                        .call();
                if (!compiled) {
                    throw new AssertionError(messages + "\n" + sources);
                }
            }
        } finally {
            for (Path file : written) {
                Files.delete(file);
            }
            Files.delete(directory);
        }
    }
}
