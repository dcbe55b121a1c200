package io.github.jasyncio.samples.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final Page PAGE = Page.waiting(URI.create("http://h/p"));

    @Test
    void each_page_has_a_line_and_the_sum_stands_below() {
        String table = print(List.of(
                PAGE.answered(200, 1_234_567, Duration.ofMillis(50)),
                PAGE.answered(404, 23, Duration.ofMillis(1234)),
                PAGE.failed("unknown host h", Duration.ofSeconds(61)),
                PAGE.running(),
                PAGE));

        assertThat(table).isEqualTo("""
                STATUS         BYTES      TIME  URL
                   200     1,234,567    0.05 s  http://h/p
                   404            23    1.23 s  http://h/p
                     -             -   61.00 s  http://h/p  (unknown host h)
                     -             -         -  http://h/p  (not finished)
                     -             -         -  http://h/p  (not begun)

                5 pages: 1 good, 2 failed, 2 unfinished; 1,234,590 bytes in 1.50 s
                """);
    }

    @Test
    void one_is_not_many() {
        String table = print(List.of(PAGE.answered(200, 1, Duration.ofMillis(50))));

        assertThat(table).endsWith("\n1 page: 1 good, 0 failed; 1 byte in 1.50 s\n");
    }

    private static String print(List<Page> pages) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        new Table(new PrintStream(text, true, StandardCharsets.UTF_8)).print(pages, Duration.ofMillis(1500));
        return text.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
