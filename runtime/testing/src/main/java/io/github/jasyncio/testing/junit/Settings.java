package io.github.jasyncio.testing.junit;

import io.github.jasyncio.testing.AsyncTest;
import io.github.jasyncio.testing.Leftover;
import io.github.jasyncio.testing.Reordering;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What is said of a test: by its {@link AsyncTest}, or what that says by default.
 *
 * @param replay the one order to run it under; null if there is none
 * @param timeout in virtual time; null for none
 * @param realTimeout in real time
 */
public record Settings(
        int schedules,
        @Nullable String replay,
        long seed,
        Reordering reordering,
        @Nullable Duration timeout,
        Duration realTimeout,
        Set<Leftover> mayLeave) {

    private static final Pattern TIME = Pattern.compile("(\\d{1,9}) ?(ms|s|m|h|d)");

    private static final Settings DEFAULT =
            new Settings(1, null, 0, Reordering.LEGAL, null, Duration.ofSeconds(60), EnumSet.noneOf(Leftover.class));

    /** Reads them, from the method or from an annotation on it that is composed of ours. */
    public static Settings of(ExtensionContext context) {
        return context.getTestMethod()
                .flatMap(method -> AnnotationSupport.findAnnotation(method, AsyncTest.class))
                .map(Settings::of)
                .orElse(DEFAULT);
    }

    private static Settings of(AsyncTest test) {
        if (test.schedules() < 1) {
            throw new ExtensionConfigurationException(
                    "@AsyncTest(schedules = " + test.schedules() + "): at least 1 was expected");
        }
        Set<Leftover> mayLeave = EnumSet.noneOf(Leftover.class);
        mayLeave.addAll(List.of(test.mayLeave()));
        return new Settings(
                test.schedules(),
                test.replay().equals(AsyncTest.NO_REPLAY) ? null : test.replay(),
                test.seed(),
                test.reordering(),
                test.timeout().isEmpty() ? null : time("timeout", test.timeout()),
                time("realTimeout", test.realTimeout()),
                mayLeave);
    }

    /** True if the test runs under other orders than asyncio's, or more than once. */
    public boolean explores() {
        return schedules > 1 || replay != null;
    }

    private static Duration time(String name, String text) {
        Matcher matcher = TIME.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new ExtensionConfigurationException("@AsyncTest(" + name + " = \"" + text
                    + "\"): a number and a unit was expected, such as \"500 ms\", \"10 s\", \"5 m\", \"2 h\", \"1 d\"");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
