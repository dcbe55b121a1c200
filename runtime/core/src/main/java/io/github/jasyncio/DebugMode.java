package io.github.jasyncio;

/** Whether loops begin in debug mode. */
final class DebugMode {

    private DebugMode() {}

    /** Semantics: {@code PYTHONASYNCIODEBUG}. */
    static boolean isDefault() {
        return "1".equals(System.getenv("JASYNCIO_DEBUG")) || Boolean.getBoolean("jasyncio.debug");
    }
}
