package io.github.jasyncio.internal.debug;

import io.github.jasyncio.internal.traces.TraceElements;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The making of a coroutine, read off the stack of its constructor.
 *
 * @param method the method whose coroutine it is, as {@code shop.Orders.fetch}
 * @param stack the places from which it was called, innermost first
 */
record Making(String method, List<StackTraceElement> stack) {

    private static final String CONSTRUCTOR = "<init>";

    /** The method of a generated class that makes a frame for what is already running; see the transformer's {@code FrameClassWriter}. */
    private static final String FRAME = "frame";

    /**
     * Reads the stack; null if {@code made} is no coroutine that was called for, but the frame of one that suspends.
     *
     * @param frames the stack, innermost first: ours, the constructors, who called them, and so on
     */
    static @Nullable Making of(Object made, List<StackTraceElement> frames) {
        int called = 0;
        while (!isConstructor(frames.get(called))) {
            called++;
        }
        while (isConstructor(frames.get(called))) {
            called++;
        }
        if (TraceElements.isMade(made.getClass().getName())) {
            // By what remains of the async method, or by the generated class itself.
            if (UserFrames.isMachinery(frames.get(called))
                    && frames.get(called).getMethodName().equals(FRAME)) {
                return null;
            }
        } else {
            // Written by hand: what the user knows is core's last method before his own.
            while (called + 1 < frames.size() && UserFrames.isMachinery(frames.get(called + 1))) {
                called++;
            }
        }
        StackTraceElement method = frames.get(called);
        return new Making(
                method.getClassName() + "." + TraceElements.methodName(method.getMethodName()),
                UserFrames.of(frames.stream().skip(called + 1L))
                        .limit(UserFrames.DEPTH)
                        .toList());
    }

    private static boolean isConstructor(StackTraceElement frame) {
        return frame.getMethodName().equals(CONSTRUCTOR);
    }

    String complaint() {
        String call = method.substring(method.lastIndexOf('.') + 1) + "(...)";
        return "coroutine " + method + " was never awaited"
                + (stack.isEmpty() ? "" : ", created at " + UserFrames.place(stack.get(0)))
                + "\n    nothing of it has run: await(" + call + ") runs it and waits for it, createTask(" + call
                + ") lets it run by itself" + UserFrames.text(stack);
    }
}
