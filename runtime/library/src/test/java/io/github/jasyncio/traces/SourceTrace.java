package io.github.jasyncio.traces;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A stack trace as text that does not change when a line is added above: for each element the method and the source line itself. */
final class SourceTrace {

    private static final Path SOURCES = Path.of("src/test/java");

    private SourceTrace() {}

    /** The elements down to the method of {@link TracesTest} that ran the loop, which must be there. */
    static List<String> of(Throwable failure) {
        List<String> lines = openOf(failure);
        int end = lines.indexOf("run: loop.runUntilComplete(awaitable);") + 1;
        if (end == 0) {
            throw new AssertionError("the trace does not go down to who ran the loop: " + lines);
        }
        return lines.subList(0, end);
    }

    /** All elements. */
    static List<String> openOf(Throwable failure) {
        return of(Arrays.asList(failure.getStackTrace()));
    }

    static List<String> of(List<StackTraceElement> elements) {
        List<String> lines = new ArrayList<>();
        for (StackTraceElement element : elements) {
            lines.add(text(element));
        }
        return lines;
    }

    private static String text(StackTraceElement element) {
        String className = element.getClassName();
        if (!className.startsWith(SourceTrace.class.getPackageName() + ".")) {
            return className.substring(className.lastIndexOf('.') + 1) + "." + element.getMethodName();
        }
        String method = element.getMethodName().startsWith("lambda$") ? "lambda" : element.getMethodName();
        return method + ": " + line(className, element.getLineNumber());
    }

    private static String line(String className, int number) {
        int nested = className.indexOf('$');
        String outermost = nested < 0 ? className : className.substring(0, nested);
        try {
            return Files.readAllLines(SOURCES.resolve(outermost.replace('.', '/') + ".java"))
                    .get(number - 1)
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
