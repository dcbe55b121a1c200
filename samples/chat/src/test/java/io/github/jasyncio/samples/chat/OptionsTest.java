package io.github.jasyncio.samples.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

    @Test
    void without_anything_it_serves_here() throws UsageException {
        assertThat(Options.parse(List.of())).isEqualTo(new Options(false, null, "localhost", 7777, false, null));
    }

    @Test
    void a_nickname_makes_it_a_client() throws UsageException {
        assertThat(Options.parse(List.of("ann", "--host", "example.org", "--port", "1", "--tls", "--keys", "keys.p12")))
                .isEqualTo(new Options(false, "ann", "example.org", 1, true, Path.of("keys.p12")));
    }

    @ParameterizedTest
    @CsvSource({
        "--port,                --port needs a value",
        "--port 65536,          --port 65536: a number from 0 to 65535 was expected",
        "--port x,              --port x: a number from 0 to 65535 was expected",
        "--nonsense,            '--nonsense' was not expected",
        "ann bob,               'bob' was not expected",
        "--tls,                 a server with --tls needs --keys"
    })
    void what_makes_no_sense_is_said(String arguments, String message) {
        assertThatThrownBy(() -> Options.parse(List.of(arguments.split(" "))))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }
}
