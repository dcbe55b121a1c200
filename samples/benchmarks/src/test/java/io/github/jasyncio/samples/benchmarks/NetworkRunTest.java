package io.github.jasyncio.samples.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.samples.benchmarks.network.EchoServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/** All servers answer all requests. */
class NetworkRunTest {

    @Test
    void each_server_has_a_column() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Settings settings = Settings.of("--network", "--forks", "1", "--iterations", "1", "--millis", "20");

        new NetworkRun(settings, new PrintStream(out, true, UTF_8)).run();

        assertThat(settings.isNetwork()).isTrue();
        assertThat(out.toString(UTF_8)).contains("|  | selector |");
        for (EchoServer server : EchoServer.values()) {
            assertThat(out.toString(UTF_8)).contains(" " + server.label() + " |");
        }
        assertThat(out.toString(UTF_8).lines().filter(line -> line.startsWith("| echo |")))
                .singleElement()
                .asString()
                .doesNotContain("|  |")
                .doesNotContain("NaN");
    }
}
