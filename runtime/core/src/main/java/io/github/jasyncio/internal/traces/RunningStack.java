package io.github.jasyncio.internal.traces;

import io.github.jasyncio.Coroutine;
import io.github.jasyncio.internal.Frame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a task stands that runs at this moment: methods on the Java stack first, then the coroutines that are still suspended behind them. */
public final class RunningStack {

    private static final String CORE = Coroutine.class.getPackageName();

    private RunningStack() {}

    /**
     * The places, innermost first.
     *
     * @param thread the loop's; null if it has just left the loop
     * @param stepsInside how many first steps of eager tasks stand on the Java stack above the step that is meant
     * @param root the task's coroutine
     * @param lastStood the innermost frame of its last suspension
     */
    public static List<StackTraceElement> of(
            @Nullable Thread thread, int stepsInside, Coroutine<?> root, @Nullable Frame<?> lastStood) {
        List<StackTraceElement> places = new ArrayList<>();
        if (thread != null) {
            addMethods(places, thread.getStackTrace(), stepsInside);
        }
        for (Frame<?> frame = lastStood;
                frame != null && places.size() < CoroutineStack.MOST_FRAMES;
                frame = frame.parent()) {
            // Those that it has come through since are done or on the Java stack.
            if (frame.standsStill()) {
                places.add(frame.location());
            }
        }
        return places.isEmpty() ? CoroutineStack.awaits(root, null) : places;
    }

    /** All that a thread is doing, innermost first: the user's methods, and the JDK's. Of the runtime's own only the innermost, if it is there that the thread stands. */
    public static List<StackTraceElement> of(Thread thread) {
        List<StackTraceElement> stack = Arrays.asList(thread.getStackTrace());
        List<StackTraceElement> places = TraceElements.written(stack);
        if (!stack.isEmpty() && TraceElements.isMachinery(stack.get(0))) {
            places.add(0, stack.get(0));
        }
        places.replaceAll(RunningStack::asWritten);
        return places;
    }

    private static void addMethods(List<StackTraceElement> places, StackTraceElement[] stack, int stepsInside) {
        List<StackTraceElement> methods = new ArrayList<>();
        int left = stepsInside;
        for (StackTraceElement element : stack) {
            if (left > 0) {
                left -= TraceElements.isEagerStart(element) ? 1 : 0;
                continue;
            }
            if (TraceElements.endsStep(element)) {
                places.addAll(methods);
                return;
            }
            if (!isMachinery(element)) {
                methods.add(asWritten(element));
            }
        }
        // No step: asked on another thread, this thread has just left the task.
    }

    private static boolean isMachinery(StackTraceElement element) {
        String className = element.getClassName();
        String packageName = className.substring(0, Math.max(0, className.lastIndexOf('.')));
        return TraceElements.isMachinery(element)
                || packageName.equals(CORE)
                || (className.equals(Thread.class.getName())
                        && element.getMethodName().equals("getStackTrace"));
    }

    /** The body of an async method under the method's own name; like the suspended ones without module and class loader. */
    private static StackTraceElement asWritten(StackTraceElement element) {
        StackTraceElement written = TraceElements.asWritten(element);
        return new StackTraceElement(
                written.getClassName(), written.getMethodName(), written.getFileName(), written.getLineNumber());
    }
}
