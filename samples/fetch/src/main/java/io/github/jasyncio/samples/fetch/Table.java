package io.github.jasyncio.samples.fetch;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Prints what is known of the pages, a line for each, and a sum. */
final class Table {

    private static final String LINE = "%6s  %12s  %8s  %s%n";

    private final PrintStream out;

    Table(PrintStream out) {
        this.out = out;
    }

    void print(List<Page> pages, Duration time) {
        out.printf(LINE, "STATUS", "BYTES", "TIME", "URL");
        pages.forEach(this::print);
        out.println();
        long good = pages.stream().filter(Page::isGood).count();
        long unfinished = pages.stream().filter(page -> !page.isDone()).count();
        long bytes = pages.stream().mapToLong(Page::bytes).sum();
        out.println(Texts.count(pages.size(), "page") + ": " + good + " good, " + (pages.size() - good - unfinished)
                + " failed" + (unfinished == 0 ? "" : ", " + unfinished + " unfinished") + "; "
                + Texts.count(bytes, "byte") + " in " + Texts.seconds(time));
    }

    private void print(Page page) {
        boolean isAnswered = page.status() != 0;
        out.printf(
                LINE,
                isAnswered ? page.status() : "-",
                isAnswered ? String.format(Locale.ROOT, "%,d", page.bytes()) : "-",
                page.isDone() ? Texts.seconds(page.time()) : "-",
                page.remark().isEmpty() ? page.url() : page.url() + "  (" + page.remark() + ")");
    }
}
