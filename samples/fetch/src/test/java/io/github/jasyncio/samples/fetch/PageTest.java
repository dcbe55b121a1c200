package io.github.jasyncio.samples.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({"200, GOOD", "204, GOOD", "299, GOOD", "302, FAILED", "404, FAILED", "500, FAILED"})
    void the_status_says_whether_a_page_is_good(int status, Page.State state) {
        Page page = Page.waiting(URI.create("http://h/")).running().answered(status, 1, Duration.ZERO);

        assertThat(page.state()).isEqualTo(state);
    }
}
