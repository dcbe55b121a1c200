package io.github.jasyncio.internal.signals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The signals that a loop handles. Semantics: {@code loop.add_signal_handler}. Loop-confined. */
public final class LoopSignals {

    private final Map<String, OsSignal> caught = new HashMap<>();

    public boolean isEmpty() {
        return caught.isEmpty();
    }

    /**
     * Handles a signal, in another way than before.
     *
     * @param handIn tells the loop, on a thread of the JVM's
     */
    public void add(String name, Runnable handIn) {
        OsSignal before = caught.put(shortName(name), OsSignal.install(shortName(name), handIn));
        if (before != null) {
            before.giveUp();
        }
    }

    public boolean remove(String name) {
        OsSignal signal = caught.remove(shortName(name));
        if (signal == null) {
            return false;
        }
        signal.close();
        return true;
    }

    public void removeAll() {
        List.copyOf(caught.keySet()).forEach(this::remove);
    }

    private static String shortName(String name) {
        return name.startsWith("SIG") ? name.substring(3) : name;
    }
}
