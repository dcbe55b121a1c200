package io.github.jasyncio.internal.debug;

import io.github.jasyncio.internal.traces.TraceElements;
import java.util.List;
import java.util.stream.Stream;

/**
 * What of a thread's stack is the user's: without the frames of core and of generated classes, and with the methods' own names. In a loop's step, what is
 * below the step is left out: whoever runs the loop has nothing to do with it.
 */
public final class UserFrames {

    /** asyncio keeps as many ({@code constants.DEBUG_STACK_DEPTH}). */
    public static final int DEPTH = 10;

    /** Every step in debug mode goes through here. */
    private static final String STEP = SlowCallbacks.class.getName();

    private UserFrames() {}

    /** The user's frames, in the same order. */
    public static Stream<StackTraceElement> of(Stream<StackTraceElement> stack) {
        return stack.takeWhile(frame -> !frame.getClassName().equals(STEP))
                .filter(frame -> !isMachinery(frame))
                .map(UserFrames::clean);
    }

    /** The places where the calling thread is, innermost first. */
    public static List<StackTraceElement> here() {
        return StackWalker.getInstance()
                .walk(frames -> of(frames.map(StackWalker.StackFrame::toStackTraceElement))
                        .limit(DEPTH)
                        .toList());
    }

    /** With the method's own name; without class loader and version of the module, as exceptions are printed. */
    private static StackTraceElement clean(StackTraceElement frame) {
        return new StackTraceElement(
                null,
                frame.getModuleName(),
                null,
                frame.getClassName(),
                TraceElements.methodName(frame.getMethodName()),
                frame.getFileName(),
                frame.getLineNumber());
    }

    /** True of frames in core and in generated classes. */
    public static boolean isMachinery(StackTraceElement frame) {
        String name = frame.getClassName();
        return isCore(name) || TraceElements.isMade(name);
    }

    private static boolean isCore(String className) {
        int end = className.lastIndexOf('.');
        return end > 0
                && className.startsWith("io.github.jasyncio")
                && (end == "io.github.jasyncio".length()
                        || className.startsWith("internal.", "io.github.jasyncio.".length()));
    }

    /** A place as {@code Orders.java:42}. */
    public static String place(StackTraceElement frame) {
        return frame.getFileName() + ":" + frame.getLineNumber();
    }

    /** The lines of a stack as a printed exception shows them. */
    public static String text(List<StackTraceElement> stack) {
        StringBuilder text = new StringBuilder();
        stack.forEach(frame -> text.append("\n    at ").append(frame));
        return text.toString();
    }
}
