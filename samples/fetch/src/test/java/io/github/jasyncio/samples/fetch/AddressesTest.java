package io.github.jasyncio.samples.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {

    @Test
    void standard_input_is_read_where_the_hyphen_stands() throws UsageException, IOException {
        List<URI> urls = Addresses.resolve(
                List.of("http://a/", "-", "https://d/"), input("# two pages\nhttp://b/\n\n  HTTP://c/x?y=z  \n"));

        assertThat(urls)
                .containsExactly(
                        URI.create("http://a/"),
                        URI.create("http://b/"),
                        URI.create("HTTP://c/x?y=z"),
                        URI.create("https://d/"));
    }

    @Test
    void standard_input_without_a_url_is_refused() {
        assertThatThrownBy(() -> Addresses.resolve(List.of("-"), input("# nothing\n")))
                .isInstanceOf(UsageException.class)
                .hasMessage("standard input holds no URL");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            example.org     | 'example.org' does not begin with http:// or https://; did you mean https://example.org
            localhost:80    | 'localhost:80' does not begin with http:// or https://; did you mean https://localhost:80
            ftp://h/f       | 'ftp://h/f' does not begin with http:// or https://
            mailto:me       | 'mailto:me' does not begin with http:// or https://
            http:///f       | 'http:///f' has no valid host name
            http://a_b/     | 'http://a_b/' has no valid host name
            http://h:99999/ | 'http://h:99999/': port 99999 is above 65535
            http://h/a b    | 'http://h/a b' is no URL: Illegal character in path at character 11
            """)
    void what_is_no_url_is_refused(String address, String message) {
        assertThatThrownBy(() -> Addresses.resolve(List.of(address), input("")))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }

    @Test
    void all_mistakes_are_named_at_once() {
        assertThatThrownBy(() -> Addresses.resolve(List.of("http:///", "http://good/", "ftp://h/f"), input("")))
                .isInstanceOf(UsageException.class)
                .hasMessage("'http:///' has no valid host name\n"
                        + "fetch: 'ftp://h/f' does not begin with http:// or https://");
    }

    private static InputStream input(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
