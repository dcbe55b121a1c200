package io.github.jasyncio.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.EventLoop;
import io.github.jasyncio.sync.Queue;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table asyncio -> jasyncio in {@code runtime/README.md} names what is there. */
class TableTest {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** What is called, what begins with a capital letter, and what stands alone. */
    private static final Pattern NAME = Pattern.compile("\\b(\\w+)(?=\\()|\\b([A-Z]\\w+)|^(?:\\w+\\.)?([a-z]\\w*)$");

    /** Names of Java, of Python, or of the example. */
    private static final Set<String> NOT_OURS = Set.of(
            "Object",
            "CompletionStage",
            "CompletableFuture",
            "SelectableChannel",
            "SocketChannel",
            "DatagramChannel",
            "Error",
            "Exception",
            "Throwable",
            "IllegalStateException",
            "IllegalArgumentException",
            "null",
            "catch",
            "wait",
            "main",
            "Duration",
            "ZERO",
            "BaseException",
            "locked",
            "PID",
            "notify_all");

    @Test
    void every_java_name_in_the_table_exists() throws Exception {
        Set<String> known = names();
        List<String> unknown = new ArrayList<>();

        for (String line : Files.readAllLines(Path.of("../README.md"))) {
            if (!line.startsWith("| ") || line.startsWith("| ---") || line.startsWith("| asyncio")) {
                continue;
            }
            String right = line.split(" \\| ", 2)[1];
            for (Matcher code = CODE.matcher(right); code.find(); ) {
                for (Matcher name = NAME.matcher(code.group(1)); name.find(); ) {
                    String found = Stream.of(1, 2, 3)
                            .map(name::group)
                            .filter(java.util.Objects::nonNull)
                            .findFirst()
                            .orElseThrow();
                    if (found.length() > 1 && !NOT_OURS.contains(found) && !known.contains(found)) {
                        unknown.add(found + " in: " + line);
                    }
                }
            }
        }

        assertThat(known).contains("createTask", "sockRecv", "Queue", "Success");
        assertThat(unknown).isEmpty();
    }

    /** Of all public types of core and library, and of their public methods. */
    private static Set<String> names() throws IOException, URISyntaxException, ClassNotFoundException {
        Set<String> names = new HashSet<>();
        for (Class<?> sample : List.of(EventLoop.class, Queue.class)) {
            Path root = Path.of(
                    sample.getProtectionDomain().getCodeSource().getLocation().toURI());
            for (String className : classNames(root)) {
                Class<?> type = Class.forName(className, false, sample.getClassLoader());
                if (Modifier.isPublic(type.getModifiers())) {
                    names.add(type.getSimpleName());
                    Stream.of(type.getMethods()).map(Method::getName).forEach(names::add);
                    Stream.of(type.getFields()).map(Field::getName).forEach(names::add);
                }
            }
        }
        return names;
    }

    /** From a directory, or from a jar. */
    private static List<String> classNames(Path root) throws IOException {
        if (Files.isDirectory(root)) {
            return classNamesIn(root);
        }
        try (java.nio.file.FileSystem jar = java.nio.file.FileSystems.newFileSystem(root)) {
            return classNamesIn(jar.getPath("/"));
        }
    }

    private static List<String> classNamesIn(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("-info") && !name.startsWith("META-INF"))
                    .map(name -> name.substring(0, name.length() - ".class".length())
                            .replace('/', '.')
                            .replace('\\', '.'))
                    .toList();
        }
    }
}
