package io.github.jasyncio;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The signals that a loop handles. Semantics: {@code loop.add_signal_handler}. Loop-confined. */
final class LoopSignals {

    private final BaseLoop loop;
    private final Map<String, OsSignal> caught = new HashMap<>();

    LoopSignals(BaseLoop loop) {
        this.loop = loop;
    }

    boolean isEmpty() {
        return caught.isEmpty();
    }

    void add(String name, Runnable callback) {
        VarMap vars = loop.currentVars();
        OsSignal before = caught.put(shortName(name), OsSignal.install(shortName(name), () -> {
            if (!loop.isShut()) {
                loop.handIn(new Handle(callback, vars));
            }
        }));
        if (before != null) {
            before.giveUp();
        }
    }

    boolean remove(String name) {
        OsSignal signal = caught.remove(shortName(name));
        if (signal == null) {
            return false;
        }
        signal.close();
        return true;
    }

    void removeAll() {
        List.copyOf(caught.keySet()).forEach(this::remove);
    }

    private static String shortName(String name) {
        return name.startsWith("SIG") ? name.substring(3) : name;
    }
}
