package io.github.jasyncio.samples.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.samples.benchmarks.network.EchoServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/** All servers answer all requests, plain and over TLS. */
class NetworkRunTest {

    @Test
    void each_server_has_a_column() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Settings settings =
                Settings.of("--network", "--forks", "1", "--iterations", "1", "--millis", "20", "--idle", "20");

        new NetworkRun(settings, new PrintStream(out, true, UTF_8)).run();

        assertThat(settings.isNetwork()).isTrue();
        String printed = out.toString(UTF_8);
        assertThat(printed).contains("|  | selector |").doesNotContain("NaN");
        for (EchoServer server : EchoServer.values()) {
            assertThat(printed).contains(" " + server.label() + " |");
        }
        // Without JDK 21 there are no virtual threads, without python3 no CPython.
        assertThat(row(printed, "echo")).matches("(?:[^|]*\\d[^|]*\\|){5}.*");
        assertThat(row(printed, "echo over TLS")).matches(" *\\|(?:[^|]*\\d[^|]*\\|){2} *\\|[^|]*\\d[^|]*\\|.*");
        assertThat(row(printed, "idle connection")).matches("(?:[^|]*\\d[^|]*\\|){5}.*");
    }

    /** The cells of a row. */
    private static String row(String printed, String name) {
        String begin = "| " + name + " |";
        return printed.lines()
                .filter(line -> line.startsWith(begin))
                .findFirst()
                .orElseThrow()
                .substring(begin.length());
    }
}
