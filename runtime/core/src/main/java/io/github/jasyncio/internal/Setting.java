package io.github.jasyncio.internal;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Something that is on or off as a program's command line says, or where that says nothing, its environment; off if neither does. What is not understood is off,
 * too, and warned of once. Thread-safe.
 */
public final class Setting {

    private final String property;
    private final String variable;
    private final Map<String, Boolean> known;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    /**
     * A setting.
     *
     * @param property the system property
     * @param variable the environment's variable
     * @param known what each word means; nothing at all means off
     */
    public Setting(String property, String variable, Map<String, Boolean> known) {
        this.property = property;
        this.variable = variable;
        this.known = new TreeMap<>(known); // in order, for messages
    }

    /** What is said now: the property may change. */
    public boolean isOn() {
        String onCommandLine = System.getProperty(property);
        if (onCommandLine != null) {
            return isOn("-D" + property, onCommandLine);
        }
        String inEnvironment = System.getenv(variable);
        return inEnvironment != null && isOn(variable, inEnvironment);
    }

    private boolean isOn(String where, String value) {
        String word = value.strip().toLowerCase(Locale.ROOT);
        Boolean meaning = word.isEmpty() ? Boolean.FALSE : known.get(word);
        if (meaning == null) {
            if (warned.add(where + "=" + value)) {
                Log.log(
                        System.Logger.Level.WARNING,
                        where + "=" + value + " is not understood and means nothing: known are " + knownWords());
            }
            return false;
        }
        return meaning;
    }

    private String knownWords() {
        return known.entrySet().stream()
                        .map(word -> word.getKey() + " (" + (word.getValue() ? "on" : "off") + ")")
                        .collect(Collectors.joining(", "))
                + ", and the empty text (off)";
    }
}
