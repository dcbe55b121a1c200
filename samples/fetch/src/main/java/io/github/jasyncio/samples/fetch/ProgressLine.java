package io.github.jasyncio.samples.fetch;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.samples.fetch.Page.State;
import java.io.PrintStream;
import java.time.Duration;

/** A line on the terminal that tells, again and again, how far the work is. */
final class ProgressLine {

    private static final Duration INTERVAL = Duration.ofMillis(100);

    private final Board board;
    private final PrintStream out;
    private int shownLength;

    ProgressLine(Board board, PrintStream out) {
        this.board = board;
        this.out = out;
    }

    /** Shows the line until it is cancelled, and then removes it. */
    @Async
    Coroutine<Void> show() {
        try {
            while (true) {
                show(text());
                await(sleep(INTERVAL));
            }
        } finally {
            show("");
            out.print('\r');
            out.flush();
        }
    }

    /** For example {@code 12 of 40 pages done, 2 failed, 8 running}. */
    private String text() {
        long failed = board.count(State.FAILED);
        long done = board.count(State.GOOD) + failed;
        return done + " of " + board.size() + " pages done, " + failed + " failed, " + board.count(State.RUNNING)
                + " running";
    }

    /** Spaces overwrite what is left of a longer text before. */
    private void show(String text) {
        out.print('\r' + text + " ".repeat(Math.max(0, shownLength - text.length())));
        out.flush();
        shownLength = text.length();
    }
}
