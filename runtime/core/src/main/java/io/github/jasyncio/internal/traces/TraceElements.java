package io.github.jasyncio.internal.traces;

import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells what stands in a Java stack because of jasyncio from what a user has written, and gives the latter its source names.
 *
 * <p>What it does not know is left in the trace; so a class of the runtime that is missing here does no harm but being seen.
 */
public final class TraceElements {

    private static final String CORE = "io.github.jasyncio.";
    private static final String INTERNAL = CORE + "internal.";

    /** In the names that the transformer makes: the body of {@code f} is {@code lambda$f$async$0}, its frame class {@code C$f$async$0}. */
    private static final String MADE = "$async$";

    private static final String LAMBDA = "lambda$";

    /** The classes of core that run what users wrote, or hand failures on. */
    private static final Set<String> DRIVERS = Set.of(
            "AsyncGenerator",
            "Asyncio",
            "BaseLoop",
            "ChannelLoop",
            "Context",
            "DoneCallback",
            "EventLoop",
            "ExecutorCall",
            "Future",
            "Gathering",
            "Handle",
            "LoopTraces",
            "Runner",
            "Task",
            "TaskFactory",
            "TaskGroup",
            "Timeout");

    private TraceElements() {}

    /** True for what a trace shows to nobody, unless something went wrong in itself. */
    public static boolean isMachinery(StackTraceElement element) {
        return isDriver(element.getClassName()) || isMade(element.getClassName());
    }

    private static boolean isDriver(String className) {
        if (!className.startsWith(CORE)) {
            return false;
        }
        int end = className.indexOf('$', CORE.length());
        return className.startsWith(INTERNAL)
                || DRIVERS.contains(className.substring(CORE.length(), end < 0 ? className.length() : end));
    }

    /** True if the Java stack below is not that of those who await: it is the loop's, an executor's, or of whoever made an eager task. */
    public static boolean endsStep(StackTraceElement element) {
        // Compared one by one: tools that relocate the runtime change these names, but not the hashes that a switch
        // over strings goes by.
        String method = element.getMethodName();
        String className = element.getClassName();
        if (!className.startsWith(CORE)) {
            return false;
        }
        if (className.equals(INTERNAL + "Execution")) {
            return isResuming(method) || method.equals("run");
        }
        if (className.equals(CORE + "Task")) {
            return method.equals("drive") || method.equals("step") || method.equals("startInside");
        }
        if (className.equals(CORE + "BaseLoop")) {
            return method.equals("runEntry") || method.equals("takeTurns");
        }
        return className.equals(CORE + "ExecutorCall") && method.equals("run");
    }

    /**
     * True if it was {@code frame} that had been resumed when the stack was captured.
     *
     * @param end the index of the element that {@link #endsStep ends the step}
     */
    public static boolean isResumed(StackTraceElement[] stack, int end, Frame<?> frame) {
        if (end == 0 || !isResuming(stack[end].getMethodName())) {
            return false;
        }
        String className = frame.getClass().getName();
        return stack[end - 1].getClassName().equals(isMade(className) ? className : INTERNAL + "functions.HandWritten");
    }

    /** True for the methods of {@link Execution} that resume frames. */
    private static boolean isResuming(String method) {
        return method.equals("resume") || method.equals("goOn");
    }

    /** True if below is the step in the midst of which an eager task has begun. */
    public static boolean isEagerStart(StackTraceElement element) {
        return element.getMethodName().equals("startInside")
                && element.getClassName().equals(CORE + "Task");
    }

    /** True if below are those who run the loop. */
    public static boolean isLoop(StackTraceElement element) {
        return element.getMethodName().equals("runTurns")
                && element.getClassName().equals(CORE + "BaseLoop");
    }

    /** True for the code of an async method. */
    public static boolean isBody(StackTraceElement element) {
        return isMade(element.getMethodName());
    }

    /**
     * True for what is left of an async method below its body: of one of the eager kind, above which the body stands, or of a program's or test's, which calls
     * {@code EntryPoint}. It has no line numbers.
     */
    public static boolean isCallerOf(@Nullable StackTraceElement above, StackTraceElement element) {
        return above != null
                && element.getLineNumber() == -1
                && (isEntryPoint(above)
                        || (element.getMethodName().equals(sourceName(above.getMethodName()))
                                && element.getClassName().equals(above.getClassName())));
    }

    private static boolean isEntryPoint(StackTraceElement element) {
        return element.getClassName().equals(INTERNAL + "EntryPoint");
    }

    /** True if a class or method was made by the transformer. */
    public static boolean isMade(String name) {
        if (name.indexOf('$') < 0) {
            return false;
        }
        int at = name.lastIndexOf(MADE);
        return at > 0 && isNumber(name, at + MADE.length());
    }

    private static boolean isNumber(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return from < text.length();
    }

    /** The name that a method has in the source: its body was moved to a synthetic method. */
    public static String methodName(String name) {
        return isMade(name) ? sourceName(name) : name;
    }

    /** The method's name as it is in the source; a lambda keeps the one that the compiler gave it. */
    private static String sourceName(String body) {
        String name = body.substring(0, body.lastIndexOf(MADE));
        return isNumber(name, name.lastIndexOf('$') + 1) ? name : name.substring(LAMBDA.length());
    }

    /** The element as it is when nothing is rewritten. */
    public static StackTraceElement asWritten(StackTraceElement element) {
        return isBody(element)
                ? copy(element, shownLoader(element.getClassLoaderName()), sourceName(element.getMethodName()))
                : element;
    }

    /** What users wrote of a Java stack that has no steps in it. */
    public static List<StackTraceElement> written(List<StackTraceElement> stack) {
        List<StackTraceElement> shown = new ArrayList<>();
        StackTraceElement above = null;
        for (StackTraceElement element : stack) {
            if (!isMachinery(element) && !isCallerOf(above, element)) {
                shown.add(asWritten(element));
            }
            above = isBody(element) || isEntryPoint(element) ? element : null;
        }
        return shown;
    }

    /** Where a suspended coroutine stands; null if it is machinery. */
    public static @Nullable StackTraceElement of(Frame<?> frame) {
        StackTraceElement place = frame.location();
        if (isMachinery(place)) {
            return null;
        }
        Module module = frame.getClass().getModule();
        ClassLoader loader = frame.getClass().getClassLoader();
        String loaderName = loader == null ? null : shownLoader(loader.getName());
        if (loaderName == null && !module.isNamed()) {
            return place;
        }
        return new StackTraceElement(
                loaderName,
                module.getName(),
                module.isNamed() ? module.getDescriptor().rawVersion().orElse(null) : null,
                place.getClassName(),
                place.getMethodName(),
                place.getFileName(),
                place.getLineNumber());
    }

    // ------------------------------------------------------------------------------------------------ open ends

    /**
     * Marks the last element of a trace that may go on. An element that the JVM has made has a class loader with a name or none at all; an empty
     * name prints as none, and survives in the trace as long as the trace itself.
     */
    public static StackTraceElement withOpenEnd(StackTraceElement last) {
        return shownLoader(last.getClassLoaderName()) == null ? copy(last, "", last.getMethodName()) : last;
    }

    public static StackTraceElement withoutOpenEnd(StackTraceElement last) {
        return isOpenEnd(last) ? copy(last, null, last.getMethodName()) : last;
    }

    public static boolean isOpenEnd(StackTraceElement last) {
        return "".equals(last.getClassLoaderName());
    }

    // ------------------------------------------------------------------------------------------------ copies

    /** The JVM's own elements know which parts of theirs not to print; a copy must not have those. */
    private static StackTraceElement copy(StackTraceElement element, @Nullable String loaderName, String methodName) {
        String module = element.getModuleName();
        boolean isOfJdk = module != null && (module.startsWith("java.") || module.startsWith("jdk."));
        return new StackTraceElement(
                loaderName,
                module,
                isOfJdk ? null : element.getModuleVersion(),
                element.getClassName(),
                methodName,
                element.getFileName(),
                element.getLineNumber());
    }

    private static @Nullable String shownLoader(@Nullable String name) {
        return name == null || name.isEmpty() || name.equals("app") || name.equals("platform") ? null : name;
    }
}
