package io.github.jasyncio.room;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FullMemoryTest {

    @Test
    void whoever_is_woken_goes_on_when_there_is_memory_again() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx24m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FullMemoryProgram.class.getName())
                .redirectErrorStream(true)
                .start();
        boolean hasEnded = process.waitFor(60, TimeUnit.SECONDS); // where somebody is lost it hangs
        process.toHandle().destroyForcibly(); // which leaves its output open

        assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).isEqualTo("4 of 4 go on\n");
        assertThat(hasEnded).isTrue();
    }
}
