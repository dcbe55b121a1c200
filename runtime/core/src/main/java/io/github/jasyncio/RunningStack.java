package io.github.jasyncio;

import io.github.jasyncio.internal.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a task stands that runs at this moment: methods on the Java stack first, then the coroutines that are still suspended behind them. */
final class RunningStack {

    private static final String CORE = Task.class.getPackageName();

    /** What the transformer makes of an async method {@code f}, or of a lambda {@code lambda$f$0}: body and frame class end like this. */
    private static final Pattern MADE = Pattern.compile("(.*)\\$async\\$\\d+");

    private static final Pattern LAMBDA = Pattern.compile("lambda\\$.*\\$\\d+");

    private RunningStack() {}

    /**
     * The places, innermost first.
     *
     * @param thread the loop's; null if it has just left the loop
     * @param root the task's coroutine
     * @param lastStood the innermost frame of its last suspension
     */
    static List<StackTraceElement> of(@Nullable Thread thread, Coroutine<?> root, @Nullable Frame<?> lastStood) {
        List<StackTraceElement> places = new ArrayList<>();
        if (thread != null) {
            addMethods(places, thread.getStackTrace());
        }
        for (Frame<?> frame = lastStood; frame != null; frame = frame.parent()) {
            // Those that it has come through since are done or on the Java stack.
            if (frame.isSuspended()) {
                places.add(frame.location());
            }
        }
        return places.isEmpty() ? CoroutineStack.awaits(root, null) : places;
    }

    private static void addMethods(List<StackTraceElement> places, StackTraceElement[] stack) {
        for (StackTraceElement element : stack) {
            if (isStep(element)) {
                return;
            }
            if (!isMachinery(element)) {
                places.add(withSourceName(element));
            }
        }
    }

    private static boolean isStep(StackTraceElement element) {
        return element.getClassName().equals(Task.class.getName())
                && element.getMethodName().equals("drive");
    }

    private static boolean isMachinery(StackTraceElement element) {
        String className = element.getClassName();
        String packageName = className.substring(0, Math.max(0, className.lastIndexOf('.')));
        return packageName.equals(CORE)
                || packageName.equals(CORE + ".internal")
                || MADE.matcher(className).matches()
                || (className.equals(Thread.class.getName())
                        && element.getMethodName().equals("getStackTrace"));
    }

    /** The body of an async method under the method's own name. */
    private static StackTraceElement withSourceName(StackTraceElement element) {
        Matcher body = MADE.matcher(element.getMethodName());
        if (!body.matches()) {
            return element;
        }
        String method = body.group(1);
        return new StackTraceElement(
                element.getClassName(),
                LAMBDA.matcher(method).matches() ? method : method.substring("lambda$".length()),
                element.getFileName(),
                element.getLineNumber());
    }
}
