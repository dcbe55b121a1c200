package io.github.jasyncio.samples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.samples.benchmarks.peer.Workload;
import io.github.jasyncio.samples.benchmarks.peers.Peers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuickRunTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void all_peers_come_to_the_same_results() throws Exception {
        assertThat(new QuickRun(Settings.of("--quick"), out).run()).isEmpty();

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .hasSameSizeAs(Workload.values())
                .allSatisfy(line -> assertThat(line).contains("jasyncio, Kotlin, CompletableFuture, EA Async"));
    }

    @ParameterizedTest
    @EnumSource(Workload.class)
    void every_workload_has_its_benchmark(Workload workload) throws Exception {
        Class<?> benchmark = Class.forName(getClass().getPackageName() + ".jmh." + FullRun.className(workload));

        assertThat(benchmark.getMethods())
                .anyMatch(method -> method.isAnnotationPresent(org.openjdk.jmh.annotations.Benchmark.class));
    }

    @Test
    void a_peer_that_does_not_exist_is_refused() {
        assertThatThrownBy(() -> Settings.of("--peers", "rust"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("there is no rust, only [plain, ours, ");
    }

    @Test
    void without_python_the_others_run_all_the_same() throws Exception {
        assertThat(new QuickRun(Settings.of("--quick", "--python", "no-such-python"), out).run())
                .isEmpty();

        assertThat(bytes.toString(StandardCharsets.UTF_8)).doesNotContain("CPython");
    }

    @Test
    void plain_java_takes_part_only_where_nothing_waits() {
        Settings settings = Settings.of();

        assertThat(settings.has(Peers.PLAIN, Workload.FIB)).isTrue();
        assertThat(settings.has(Peers.PLAIN, Workload.YIELD)).isFalse();
    }
}
