package io.github.jasyncio.agent;

import java.util.List;

/**
 * Says which classes may be rewritten, by patterns of their names.
 *
 * <p>In a pattern {@code *} stands for any characters, dots included: {@code shop.*} means the package {@code shop} and all below it. A
 * pattern that fits a class fits the classes nested in it. Thread-safe.
 *
 * @param includes what may be rewritten; empty means everything
 * @param excludes what may not, even if it is included
 */
public record ClassFilter(List<String> includes, List<String> excludes) {

    /** Lets every class pass. */
    public static final ClassFilter ALL = new ClassFilter(List.of(), List.of());

    public ClassFilter {
        includes = List.copyOf(includes);
        excludes = List.copyOf(excludes);
    }

    /**
     * True if the class may be rewritten.
     *
     * @param className as in {@code shop.Orders$Line}
     */
    public boolean accepts(String className) {
        return (includes.isEmpty() || anyFits(includes, className)) && !anyFits(excludes, className);
    }

    private static boolean anyFits(List<String> patterns, String className) {
        for (String pattern : patterns) {
            if (fits(pattern, className)) {
                return true;
            }
        }
        return false;
    }

    // By hand, because the agent asks on every class that a program loads: java.util.regex would cost its start-up.
    private static boolean fits(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int retry = -1;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                retry = n;
            } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
                p++;
                n++;
            } else if (p == pattern.length() && name.charAt(n) == '$') {
                return true;
            } else if (star >= 0) {
                p = star + 1;
                n = ++retry;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
