package io.github.jasyncio.internal;

import io.github.jasyncio.internal.traces.FailureCopy;
import java.io.PrintWriter;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * The log of the runtime: the system's logger {@code jasyncio}. Never throws: neither a logger that fails nor an exception that cannot tell what it is
 * may stop who reports. Thread-safe.
 */
public final class Log {

    private static final System.Logger LOGGER = System.getLogger("jasyncio");

    /** More than any logger is to print; what has no end is cut here. */
    private static final int LONGEST = 10_000_000;

    private Log() {}

    /** Logs a line, or some. */
    public static void log(System.Logger.Level level, String text) {
        log(level, text, null);
    }

    /** Logs a failure. One that cannot be printed is replaced by what can be known of it. */
    public static void log(System.Logger.Level level, String text, @Nullable Throwable failure) {
        try {
            if (LOGGER.isLoggable(level)) {
                LOGGER.log(level, text, failure == null ? null : printable(failure));
            }
        } catch (Throwable hostile) {
            logWithoutLogger(text, failure, hostile);
        }
    }

    private static void logWithoutLogger(String text, @Nullable Throwable failure, Throwable why) {
        try {
            System.err.println(text + (failure == null ? "" : "\n" + ObjectText.of(failure))
                    + "\n(the logger jasyncio failed: " + ObjectText.of(why) + ")");
        } catch (Throwable hostile) {
            // Then there is no way to say anything.
        }
    }

    // ------------------------------------------------------------------------------------------------ failures

    /** A failure, or in its place, if one of the methods that loggers call fails or finds no end, one that shows what can be known of it. */
    static Throwable printable(Throwable failure) {
        return isPrintable(failure) ? failure : FailureCopy.of(failure);
    }

    private static boolean isPrintable(Throwable failure) {
        try (PrintWriter nowhere = new PrintWriter(new Nowhere())) {
            failure.printStackTrace(nowhere);
            return failure.getStackTrace() != null;
        } catch (Throwable hostile) {
            return false;
        }
    }

    /** Takes what is printed, up to a limit. */
    private static final class Nowhere extends Writer {

        private long length;

        @Override
        public void write(char[] text, int from, int count) {
            length += count;
            if (length > LONGEST) {
                throw new IllegalStateException("too long");
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
