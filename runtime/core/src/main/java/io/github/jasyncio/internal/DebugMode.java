package io.github.jasyncio.internal;

import java.util.Map;

/** Whether any loop of the process is in debug mode, so that a record is kept of what is made. Thread-safe. */
public final class DebugMode {

    private static final Setting DEFAULT = new Setting(
            "jasyncio.debug", "JASYNCIO_DEBUG", Map.of("1", true, "true", true, "0", false, "false", false));

    /**
     * Asked whenever a coroutine, future or task is made, whence a plain field that is not volatile: where it was never true the JIT drops
     * what hangs on it, and a handle that is awaited at once still does not escape. Another thread may see a change late.
     */
    static boolean isOn = isDefault();

    private DebugMode() {}

    /** Whether loops begin in debug mode. Semantics: {@code PYTHONASYNCIODEBUG}, but 0 and false switch it off. */
    public static boolean isDefault() {
        return DEFAULT.isOn();
    }

    /** True if some loop is in debug mode, or loops begin so. */
    public static boolean isOn() {
        return isOn;
    }

    /** Some loop is in debug mode now, or none any more. */
    public static void switchTo(boolean isOnForSome) {
        isOn = isOnForSome || isDefault();
    }
}
