package io.github.jasyncio.transform.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Values and failures as text that is the same in every class loader. */
final class Description {

    private Description() {}

    static String of(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Throwable failure) {
            return failure(failure);
        }
        if (value.getClass().isArray()) {
            return array(value);
        }
        if (value instanceof String || value instanceof Number || value instanceof Enum) {
            return value.getClass().getSimpleName() + " " + value;
        }
        String text = value.toString();
        return text.contains("@") || text.contains("$$Lambda")
                ? "a " + value.getClass().getSimpleName().replaceAll("Lambda.*", "lambda")
                : text;
    }

    private static String array(Object array) {
        StringJoiner elements = new StringJoiner(", ", array.getClass().getSimpleName() + "{", "}");
        for (int i = 0; i < java.lang.reflect.Array.getLength(array); i++) {
            elements.add(of(java.lang.reflect.Array.get(array, i)));
        }
        return elements.toString();
    }

    private static String failure(Throwable failure) {
        List<String> parts = new ArrayList<>();
        parts.add(failure.getClass().getName());
        if (!isWordedByTheVirtualMachine(failure)) {
            parts.add("message " + failure.getMessage());
        }
        if (failure.getCause() != null && failure.getCause() != failure) {
            parts.add("cause (" + failure(failure.getCause()) + ")");
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            parts.add("suppressed (" + failure(suppressed) + ")");
        }
        return String.join(", ", parts);
    }

    /** Such messages tell of bytecode and of class loaders. */
    private static boolean isWordedByTheVirtualMachine(Throwable failure) {
        return failure instanceof NullPointerException || failure instanceof ClassCastException;
    }
}
