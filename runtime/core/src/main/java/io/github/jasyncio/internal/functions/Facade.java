package io.github.jasyncio.internal.functions;

import io.github.jasyncio.EventLoop;

/** What the functions behind the facade {@code Asyncio} know of it: the name by which users know them. It knows them all, so they cannot know it. */
public final class Facade {

    private static final String NAME = "io.github.jasyncio.Asyncio";

    private Facade() {}

    /** Where a coroutine stands that one of the facade's methods has made. */
    static StackTraceElement place(String methodName) {
        return new StackTraceElement(NAME, methodName, "Asyncio.java", -1);
    }

    /** Semantics: {@code asyncio.get_running_loop}. */
    public static EventLoop runningLoop() {
        EventLoop running = EventLoop.running();
        if (running == null) {
            throw NoLoop.running();
        }
        return running;
    }
}
