package io.github.jasyncio.transform;

import org.jspecify.annotations.Nullable;

/**
 * A place in the user's source.
 *
 * @param className as in {@code shop.Orders}
 * @param methodName as in {@code fetch}; {@code <init>} for a constructor
 * @param descriptor of the method, as in {@code (I)V}: who has the source tells overloads apart by it
 * @param file as in {@code Orders.java}; null if the class file does not tell
 * @param line counted from 1; 0 if the class file does not tell
 * @param call the name of the method whose call on that line is meant, as in {@code await}: who has the source finds the column by it; null
 *     if the line or the whole method is meant
 */
public record SourceLocation(
        String className,
        String methodName,
        String descriptor,
        @Nullable String file,
        int line,
        @Nullable String call) {

    /** A place that is no call. */
    public SourceLocation(String className, String methodName, String descriptor, @Nullable String file, int line) {
        this(className, methodName, descriptor, file, line, null);
    }

    /** As in a stack trace: {@code shop.Orders.fetch(Orders.java:42)}. */
    @Override
    public String toString() {
        String place = file == null ? "Unknown Source" : line == 0 ? file : file + ":" + line;
        return className + "." + methodName + "(" + place + ")";
    }
}
