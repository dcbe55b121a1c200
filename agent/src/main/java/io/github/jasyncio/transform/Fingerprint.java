package io.github.jasyncio.transform;

import java.util.Locale;

/** A number that tells texts apart: 64 bits that depend on nothing but the texts (FNV-1a). */
final class Fingerprint {

    private long hash = 0xcbf29ce484222325L;

    /** Takes one more text into account. */
    Fingerprint add(Object text) {
        String string = String.valueOf(text);
        for (int i = 0; i < string.length(); i++) {
            add(string.charAt(i));
        }
        add('\n');
        return this;
    }

    private void add(char c) {
        hash = (hash ^ c) * 0x100000001b3L;
    }

    /** In 16 letters and digits. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%016x", hash);
    }
}
