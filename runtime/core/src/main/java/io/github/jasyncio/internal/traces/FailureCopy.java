package io.github.jasyncio.internal.traces;

import io.github.jasyncio.internal.ObjectText;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a failure, without the failure: its text, its stack trace, and its causes likewise. Stands in for one that cannot be printed, or
 * that has become garbage before it could be reported.
 */
public final class FailureCopy extends Throwable {

    private static final long serialVersionUID = 1;

    private static final int MOST_CAUSES = 16;
    private static final int MOST_RELATED = 64;

    /** Whether objects of a class of exceptions have fields of their own in which anything may be. */
    private static final ClassValue<Boolean> HOLDS_OBJECTS = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return anyHolder(type);
        }
    };

    private static final Set<Class<?>> PLAIN = Set.of(
            String.class,
            Class.class,
            Boolean.class,
            Integer.class,
            Long.class,
            Double.class,
            String[].class,
            byte[].class);

    private final String text;

    private FailureCopy(Throwable failure, int mostCauses) {
        super(null, causeOf(failure, mostCauses), true, true);
        text = ObjectText.of(failure);
        setStackTrace(traceOf(failure));
    }

    /** Copies a failure. Never fails. */
    public static FailureCopy of(Throwable failure) {
        return new FailureCopy(failure, MOST_CAUSES);
    }

    private static @Nullable Throwable causeOf(Throwable failure, int mostCauses) {
        Throwable cause = null;
        try {
            cause = failure.getCause();
        } catch (Throwable hostile) {
            // It does not tell.
        }
        return cause == null || mostCauses == 0 ? null : new FailureCopy(cause, mostCauses - 1);
    }

    /** The stack trace of a failure; none if it does not tell. */
    public static StackTraceElement[] traceOf(Throwable failure) {
        try {
            StackTraceElement[] trace = failure.getStackTrace();
            return trace == null ? new StackTraceElement[0] : trace.clone();
        } catch (Throwable hostile) {
            return new StackTraceElement[0];
        }
    }

    /** As the failure itself was. */
    @Override
    @SuppressWarnings("OverrideThrowableToString") // it stands for the whole text, the original's class included
    public String toString() {
        return text;
    }

    // ------------------------------------------------------------------------------------------------ who needs a copy

    /**
     * True if anything may be reachable from a failure: its class, or that of something it is about, has fields of its own that are neither numbers nor
     * text.
     */
    public static boolean mayHold(Throwable failure) {
        try {
            return mayHold(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
        } catch (Throwable hostile) {
            return true;
        }
    }

    private static boolean mayHold(Throwable failure, Set<Throwable> seen) {
        if (HOLDS_OBJECTS.get(failure.getClass()) || seen.size() == MOST_RELATED) {
            return true;
        }
        if (!seen.add(failure)) {
            return false;
        }
        Throwable cause = failure.getCause();
        if (cause != null && mayHold(cause, seen)) {
            return true;
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            if (mayHold(suppressed, seen)) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyHolder(Class<?> type) {
        for (Class<?> each = type; each != null && each != Throwable.class; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !isPlain(field.getType())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isPlain(Class<?> type) {
        return type.isPrimitive() || PLAIN.contains(type) || type.isEnum();
    }
}
