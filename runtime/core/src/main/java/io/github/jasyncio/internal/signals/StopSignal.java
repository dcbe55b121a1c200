package io.github.jasyncio.internal.signals;

import io.github.jasyncio.internal.Setting;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A signal by which a program is asked to stop. */
public enum StopSignal {
    /** Ctrl-C. */
    INTERRUPT("INT", 2, "Ctrl-C"),

    /** What {@code kill} and {@code docker stop} send. */
    TERMINATE("TERM", 15, "SIGTERM");

    private static final Setting SIGTERM_IS_CAUGHT =
            new Setting("jasyncio.sigterm", "JASYNCIO_SIGTERM", Map.of("cancel", true));

    private final String name;
    private final int number;
    private final String text;

    StopSignal(String name, int number, String text) {
        this.name = name;
        this.number = number;
        this.text = text;
    }

    /** Whether SIGTERM cancels what runs, unless a runner's builder says otherwise: as the program's options, or its environment, say. */
    public static boolean isSigtermCaught() {
        return SIGTERM_IS_CAUGHT.isOn();
    }

    /** What the JVM itself ends with upon it: 128 and its number. */
    int exitCode() {
        return 128 + number;
    }

    /**
     * Lets the signal run {@code action}, on a thread of the JVM's, until what is returned is closed. Only on the main thread, and only while the JVM's own
     * handler is in place: whoever has set another keeps it, and a process that was started with the signal ignored (a shell's background job, with SIGINT) goes on
     * ignoring it. Semantics: what {@code asyncio.Runner} asks before it installs its handler of SIGINT.
     *
     * @throws NotCaught if the signal stays what it was; the message says why
     */
    public OsSignal install(Runnable action) throws NotCaught {
        if (!isMainThread()) {
            throw new NotCaught("it is caught on the main thread only, and this one is '"
                    + Thread.currentThread().getName() + "'");
        }
        OsSignal signal;
        try {
            signal = OsSignal.install(name, action);
        } catch (RuntimeException e) {
            // Where the module is missing, or the JVM was started with -Xrs.
            throw new NotCaught(e.getMessage());
        }
        if (signal.wasTheJvms()) {
            return signal;
        }
        signal.close();
        throw new NotCaught("somebody else has set a handler, or the process was started with it ignored");
    }

    /** True on the thread that the java launcher starts {@code main} on. (Its number was 1 once; on JDK 25 it is 3.) */
    static boolean isMainThread() {
        Thread thread = Thread.currentThread();
        ThreadGroup group = thread.getThreadGroup();
        return thread.getName().equals("main")
                && group != null
                && group.getName().equals("main");
    }

    /** For messages. */
    @Override
    public String toString() {
        return text;
    }

    /** A signal stays what it was. */
    public static final class NotCaught extends Exception {

        private static final long serialVersionUID = 1;

        NotCaught(@Nullable String why) {
            super(why, null, false, false);
        }
    }
}
