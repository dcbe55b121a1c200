package io.github.jasyncio.samples.fetch;

import java.time.Duration;
import java.util.List;

/**
 * A page of the server inside.
 *
 * @param path where it is
 * @param kind what the server does
 * @param delay after which it does so
 * @param expectedStatus how it should come out, redirections followed; 0 means without an answer
 */
record DemoPage(String path, Kind kind, Duration delay, int expectedStatus) {

    enum Kind {
        TEXT,
        BIG,
        MOVED,
        MISSING,
        BROKEN,
        CUT,
        HANGING
    }

    static final List<DemoPage> ALL = List.of(
            new DemoPage("/hanging/1", Kind.HANGING, Duration.ZERO, 0),
            new DemoPage("/hanging/2", Kind.HANGING, Duration.ZERO, 0),
            new DemoPage("/fast/1", Kind.TEXT, Duration.ZERO, 200),
            new DemoPage("/fast/2", Kind.TEXT, Duration.ZERO, 200),
            new DemoPage("/fast/3", Kind.TEXT, Duration.ZERO, 200),
            new DemoPage("/big", Kind.BIG, Duration.ZERO, 200),
            new DemoPage("/slow/1", Kind.TEXT, Duration.ofMillis(300), 200),
            new DemoPage("/slow/2", Kind.TEXT, Duration.ofMillis(600), 200),
            new DemoPage("/slow/3", Kind.TEXT, Duration.ofMillis(900), 200),
            new DemoPage("/moved", Kind.MOVED, Duration.ZERO, 200),
            new DemoPage("/missing", Kind.MISSING, Duration.ZERO, 404),
            new DemoPage("/broken", Kind.BROKEN, Duration.ZERO, 500),
            new DemoPage("/cut", Kind.CUT, Duration.ZERO, 0));
}
