package io.github.jasyncio.agent;

import io.github.jasyncio.Async;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        Path sources = Files.createTempDirectory("jasyncio");
        Path file = Files.writeString(sources.resolve(className + ".java"), source);
        try {
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            StringWriter messages = new StringWriter();
            try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
                List<String> options = List.of(
                        "-g",
                        "-proc:none",
                        "-d",
                        classes.toString(),
                        "-cp",
                        Jvm.location(Async.class) + java.io.File.pathSeparator + classes);
                boolean compiled = compiler.getTask(
                                messages,
                                files,
                                null,
                                options,
                                null,
                                new ArrayList<>(toList(files.getJavaFileObjects(file))))
                        .call();
                if (!compiled) {
                    throw new AssertionError(messages + "\n" + source);
                }
            }
        } finally {
            Files.delete(file);
            Files.delete(sources);
        }
    }

    private static <T> List<T> toList(Iterable<? extends T> items) {
        List<T> list = new ArrayList<>();
        items.forEach(list::add);
        return list;
    }
}
