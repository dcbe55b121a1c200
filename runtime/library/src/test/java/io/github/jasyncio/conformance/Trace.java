package io.github.jasyncio.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.jasyncio.Asyncio;
import io.github.jasyncio.EventLoop;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The lines that a program logs, and what the loop's default exception handler logs meanwhile. Thread-safe. */
final class Trace {

    private final List<String> lines = new ArrayList<>();
    private boolean isMuted;

    /** Whose clock counts where no loop runs; the one made last. */
    private @Nullable EventLoop latest;

    synchronized void follow(EventLoop loop) {
        latest = loop;
    }

    synchronized @Nullable EventLoop latest() {
        return latest;
    }

    void add(@Nullable Object... parts) {
        EventLoop running = running();
        synchronized (this) {
            EventLoop loop = running == null ? latest : running;
            if (loop == null) {
                throw new IllegalStateException("log before the first loop was made; make loops with newLoop()");
            }
            if (!isMuted) {
                lines.add(TraceFormat.line(loop.time(), parts));
            }
        }
    }

    private static @Nullable EventLoop running() {
        try {
            return Asyncio.getRunningLoop();
        } catch (IllegalStateException none) {
            return null;
        }
    }

    /** From now on nothing is logged any more. */
    synchronized void mute() {
        isMuted = true;
    }

    /** Turns what the default exception handler reports into lines, until closed. */
    DefaultHandler watchDefaultHandler() {
        return new DefaultHandler();
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    void verify(String caseName) throws IOException {
        verify(caseName, List.of());
    }

    /**
     * Compares with the trace that CPython recorded.
     *
     * @param withoutTwin lines of that trace which are not expected here; each must be there, once for each time it is given
     */
    synchronized void verify(String caseName, List<String> withoutTwin) throws IOException {
        Path expected = resource(caseName + ".trace");
        String golden = Files.readString(expected);
        for (String line : withoutTwin) {
            assertThat(("\n" + golden).contains("\n" + line + "\n"))
                    .as("%s has the line that has no twin: %s", expected, line)
                    .isTrue();
            golden = ("\n" + golden)
                    .replaceFirst("\n" + Pattern.quote(line) + "\n", "\n")
                    .substring(1);
        }
        String actual = String.join("\n", lines) + "\n";
        if (actual.equals(golden)) {
            return;
        }
        Path actualFile =
                Path.of("target", "conformance", caseName + ".actual.trace").toAbsolutePath();
        Files.createDirectories(actualFile.getParent());
        Files.writeString(actualFile, actual);
        assertThat(lines)
                .as(
                        "%s logs something else than on CPython%nexpected: %s%nactual:   %s",
                        caseName, expected, actualFile)
                .isEqualTo(golden.lines().toList());
        fail("the traces differ in their line ends: %s, %s", expected, actualFile);
    }

    private static Path resource(String name) {
        URL url = Trace.class.getResource("/conformance/" + name);
        if (url == null) {
            return fail("there is no conformance/" + name + " in the test resources");
        }
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(url.toString(), e);
        }
    }

    /** Stands in for the log in which the default handler writes. */
    final class DefaultHandler extends Handler {

        private final Logger logger = Logger.getLogger("jasyncio");

        private DefaultHandler() {
            logger.addHandler(this);
            logger.setUseParentHandlers(false);
        }

        @Override
        public void publish(LogRecord report) {
            if (report.getLevel().intValue() < Level.SEVERE.intValue()) {
                return;
            }
            String message =
                    TraceFormat.message(report.getMessage().lines().findFirst().orElse(""));
            if (dependsOnGarbageCollection(message)) {
                return;
            }
            if (report.getThrown() == null) {
                add("handler:", message);
            } else {
                add("handler:", message, report.getThrown());
            }
        }

        private static boolean dependsOnGarbageCollection(String message) {
            return message.endsWith("never retrieved") || message.equals("Task was destroyed but it is pending!");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
            logger.setUseParentHandlers(true);
        }
    }
}
