package io.github.jasyncio.internal;

import java.util.Collection;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The texts of users' objects. They stand in reports of what went wrong, and a report must come: so they never fail, whatever {@code toString} does,
 * and have an end. Semantics: {@code reprlib.repr}, with larger limits.
 */
public final class ObjectText {

    private static final int LONGEST = 1000;
    private static final int LONGEST_VALUE = 60;
    private static final int MOST_ELEMENTS = 20;

    private ObjectText() {}

    /** What an object says of itself. */
    public static String of(@Nullable Object object) {
        return shortened(whole(object), LONGEST);
    }

    /** A value as Python's {@code repr} shows it: text in quotes, and of what is long the beginning and the end. */
    public static String value(@Nullable Object value) {
        String text = shortened(whole(value), LONGEST_VALUE);
        return value instanceof CharSequence ? "'" + text + "'" : text;
    }

    private static String whole(@Nullable Object object) {
        try {
            return object instanceof Collection<?> several && several.size() > MOST_ELEMENTS
                    ? beginning(several)
                    : "" + object; // toString may give null
        } catch (Throwable hostile) {
            return "<" + (object == null ? "null" : object.getClass().getName()) + " instance>";
        }
    }

    /** What is shown of a collection: one of a million elements is not to be turned into text whole. */
    private static String beginning(Collection<?> several) {
        StringBuilder text = new StringBuilder("[");
        Iterator<?> elements = several.iterator();
        for (int i = 0; i < MOST_ELEMENTS && elements.hasNext(); i++) {
            text.append(whole(elements.next())).append(", ");
        }
        return text.append("... ").append(several.size()).append(" in all]").toString();
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest
                ? text
                : text.substring(0, longest / 2 - 2) + "..." + text.substring(text.length() - longest / 2 + 1);
    }
}
