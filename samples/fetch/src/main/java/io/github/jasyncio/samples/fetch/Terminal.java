package io.github.jasyncio.samples.fetch;

import java.io.Console;

/** Tells whether a person is watching. */
final class Terminal {

    private static final int FIRST_WITH_OTHER_CONSOLES = 22;

    private Terminal() {}

    /** True if standard input and output are a terminal. */
    @SuppressWarnings("SystemConsoleNull") // up to JDK 21, and again from JDK 25 on, it does give null
    static boolean isThere() {
        Console console = System.console();
        if (console == null || Runtime.version().feature() < FIRST_WITH_OTHER_CONSOLES) {
            return console != null;
        }
        try {
            // From JDK 22 on there may be a Console without a terminal; its method that tells is newer than the JDK
            // that compiles this.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
