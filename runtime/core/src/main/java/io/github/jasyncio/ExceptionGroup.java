package io.github.jasyncio;

import java.util.List;

/**
 * Several failures at once: what a {@link TaskGroup} reports.
 *
 * <p>Semantics: Python's {@code ExceptionGroup} (and {@code BaseExceptionGroup}), without {@code except*}, {@code split} and {@code
 * subgroup}. A printed trace shows all of them: the first is the cause, the others are suppressed.
 */
public final class ExceptionGroup extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Throwable[] exceptions;

    /**
     * Groups failures.
     *
     * <p>Semantics: Python's {@code BaseExceptionGroup(message, exceptions)}.
     *
     * @param exceptions at least one, in the order in which they are to be told
     * @throws IllegalArgumentException if there is none
     */
    public ExceptionGroup(String message, List<? extends Throwable> exceptions) {
        super(message + counted(exceptions.size()), exceptions.isEmpty() ? null : exceptions.get(0));
        if (exceptions.isEmpty()) {
            throw new IllegalArgumentException("an ExceptionGroup needs at least one exception: " + message);
        }
        this.exceptions = List.copyOf(exceptions).toArray(new Throwable[0]);
        for (int i = 1; i < this.exceptions.length; i++) {
            addSuppressed(this.exceptions[i]);
        }
    }

    /** The failures, in the order in which they happened; unmodifiable. Semantics: Python's {@code BaseExceptionGroup.exceptions}. */
    public List<Throwable> exceptions() {
        return List.of(exceptions);
    }

    private static String counted(int size) {
        return " (" + size + " sub-exception" + (size == 1 ? ")" : "s)");
    }
}
