package io.github.jasyncio.agent;

import io.github.jasyncio.transform.Diagnostic;
import io.github.jasyncio.transform.Severity;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Says what the agent has to say, through the logger {@code jasyncio}. Never throws: a program whose logging is broken, or is being set up
 * just now, gets the message on its standard error instead.
 */
final class Reporter {

    private Reporter() {}

    static void diagnostic(Diagnostic diagnostic) {
        log(diagnostic.severity() == Severity.ERROR ? Level.ERROR : Level.WARNING, diagnostic.toString(), null);
    }

    static void info(String message) {
        log(Level.INFO, message, null);
    }

    static void warning(String message) {
        log(Level.WARNING, message, null);
    }

    static void error(String message, Throwable cause) {
        log(Level.ERROR, message, cause);
    }

    /** A failure that nobody foresaw. */
    static void couldNotRewrite(@Nullable String internalName, Throwable cause) {
        String className = internalName == null ? "a class without a name" : internalName.replace('/', '.');
        log(
                Level.ERROR,
                "jasyncio " + Version.current() + " could not rewrite " + className + " (a bug in jasyncio): " + cause,
                cause);
    }

    @SuppressWarnings("CatchAndPrintStackTrace") // there is nowhere else to say it
    private static void log(Level level, String message, @Nullable Throwable cause) {
        try {
            // Looked up each time: a logger kept in a field would set up logging at the start of programs that need no
            // message.
            System.getLogger("jasyncio").log(level, message, cause);
        } catch (Throwable t) {
            System.err.println("jasyncio: " + level + ": " + message);
            if (cause != null) {
                cause.printStackTrace();
            }
            System.err.println("jasyncio: and the logger failed: " + t);
        }
    }
}
