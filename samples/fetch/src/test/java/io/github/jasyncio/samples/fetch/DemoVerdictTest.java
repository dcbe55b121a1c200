package io.github.jasyncio.samples.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoVerdictTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final DemoVerdict verdict = new DemoVerdict(new PrintStream(printed, true, StandardCharsets.UTF_8));

    @Test
    void pages_that_fail_as_they_should_are_no_failure() {
        assertThat(verdict.of(pages())).isEqualTo(Fetch.OK);
    }

    @Test
    void a_page_that_comes_out_otherwise_is_named() {
        List<Page> pages = pages();
        pages.set(2, pages.get(2).failed("no answer", Duration.ZERO));

        assertThat(verdict.of(pages)).isEqualTo(Fetch.FAILED);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .isEqualToNormalizingNewlines("/fast/1 should have come out as 200, not as no answer\n");
    }

    private static List<Page> pages() {
        List<Page> pages = new ArrayList<>();
        for (DemoPage demo : DemoPage.ALL) {
            Page page = Page.waiting(URI.create("http://h" + demo.path()));
            pages.add(
                    demo.expectedStatus() == 0
                            ? page.failed("no answer", Duration.ZERO)
                            : page.answered(demo.expectedStatus(), 1, Duration.ZERO));
        }
        return pages;
    }
}
