package io.github.jasyncio;

import io.github.jasyncio.internal.ObjectText;
import java.util.List;

/**
 * Several failures at once: what a {@link TaskGroup} reports.
 *
 * <p>Semantics: Python's {@code ExceptionGroup} (and {@code BaseExceptionGroup}), without {@code except*}, {@code split} and {@code
 * subgroup}. A printed trace shows all of them: the first is the cause, the others are suppressed.
 */
public final class ExceptionGroup extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** From here on failures are left out of the text. */
    private static final int LONGEST = 1000;

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

    /**
     * Its message, and in brackets what each of the {@link #exceptions} says, so that a line of a log tells what has happened.
     *
     * <p>Semantics: Python's {@code repr} of a group. What is long, or nested deeply, is cut.
     */
    @Override
    @SuppressWarnings("OverrideThrowableToString") // the message is to be Python's, which does not have them
    public String toString() {
        StringBuilder text = new StringBuilder();
        describe(text);
        return text.toString();
    }

    private void describe(StringBuilder text) {
        text.append(super.toString()).append(" [");
        for (int i = 0; i < exceptions.length; i++) {
            text.append(i == 0 ? "" : ", ");
            if (text.length() > LONGEST) {
                text.append("...");
                break;
            }
            if (exceptions[i] instanceof ExceptionGroup group) {
                group.describe(text); // the same text, so that groups that share groups come to an end
            } else {
                text.append(ObjectText.of(exceptions[i]));
            }
        }
        text.append(']');
    }

    private static String counted(int size) {
        return " (" + size + " sub-exception" + (size == 1 ? ")" : "s)");
    }
}
