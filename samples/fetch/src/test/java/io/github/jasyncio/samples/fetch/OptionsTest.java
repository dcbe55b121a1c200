package io.github.jasyncio.samples.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

    @Test
    void without_arguments_there_is_a_limit_but_no_timeout_and_no_address() throws UsageException {
        Options options = Options.parse(List.of());

        assertThat(options.help()).isFalse();
        assertThat(options.limit()).isEqualTo(8);
        assertThat(options.timeout()).isEmpty();
        assertThat(options.addresses()).isEmpty();
    }

    @Test
    void options_and_addresses_may_stand_in_any_order() throws UsageException {
        Options options = Options.parse(List.of("a", "--limit", "3", "-", "--progress", "--timeout", "2.5", "b"));

        assertThat(options.limit()).isEqualTo(3);
        assertThat(options.timeout()).contains(Duration.ofMillis(2500));
        assertThat(options.progress()).isTrue();
        assertThat(options.addresses()).containsExactly("a", "-", "b");
    }

    @Test
    void a_value_may_follow_an_equals_sign() throws UsageException {
        Options options = Options.parse(List.of("--limit=3", "--timeout=0.001", "http://h/?q=1"));

        assertThat(options.limit()).isEqualTo(3);
        assertThat(options.timeout()).contains(Duration.ofMillis(1));
        assertThat(options.addresses()).containsExactly("http://h/?q=1");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            --limit          | --limit needs a value
            --limit 0        | --limit 0: a whole number above 0 was expected
            --limit -1       | --limit -1: a whole number above 0 was expected
            --limit 1.5      | --limit 1.5: a whole number above 0 was expected
            --limit=many     | --limit many: a whole number above 0 was expected
            --timeout        | --timeout needs a value
            --timeout 0      | --timeout 0: seconds above 0 and up to a day were expected, such as 2.5
            --timeout 5s     | --timeout 5s: seconds above 0 and up to a day were expected, such as 2.5
            --timeout 1e99   | --timeout 1e99: seconds above 0 and up to a day were expected, such as 2.5
            --progress=yes   | unknown option '--progress=yes'
            --fast           | unknown option '--fast'
            --fast=1         | unknown option '--fast=1'
            -x               | unknown option '-x'
            """)
    void what_makes_no_sense_is_refused(String arguments, String message) {
        List<String> split = List.of(arguments.split(" ", -1));

        assertThatThrownBy(() -> Options.parse(split))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }
}
