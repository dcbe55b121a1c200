package io.github.jasyncio.samples.basics;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.testing.AsyncExtension;
import io.github.jasyncio.testing.AsyncTest;
import io.github.jasyncio.testing.SimulatedNetwork;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** On a loop with a virtual clock, so that what a program prints does not depend on how busy the machine is; and whatever it leaves behind fails it. */
@ExtendWith(AsyncExtension.class)
class ProgramsTest {

    static Stream<Arguments> programs() {
        return Stream.of(
                program(CreatedNotRun.class, CreatedNotRun::program),
                program(Awaiting.class, Awaiting::program),
                program(Together.class, Together::program),
                program(Cancelling.class, Cancelling::program),
                program(TimeLimit.class, TimeLimit::program),
                program(Shielding.class, Shielding::program),
                program(Generators.class, Generators::program),
                program(Closing.class, Closing::program),
                program(CompletedByHand.class, CompletedByHand::program),
                program(Computing.class, Computing::program),
                program(Blocking.class, Blocking::program),
                program(Streams.class, Streams::program));
    }

    private static Arguments program(Class<?> type, Supplier<Coroutine<Void>> program) {
        return arguments(type, program);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("programs")
    @Async
    void a_program_prints_what_stands_beside_it(Class<?> type, Supplier<Coroutine<Void>> program) throws IOException {
        String printed = await(StandardOutput.whileRuns(program::get));

        assertThat(printed).isEqualTo(expected(type));
    }

    /** Also over a network that is only imagined, in whatever order things come. */
    @AsyncTest(schedules = 100)
    void the_streams_do_so_in_other_orders_too(SimulatedNetwork network) throws IOException {
        network.links().latency(Duration.ofMillis(1), Duration.ofMillis(5));
        String printed =
                await(StandardOutput.whileRuns(() -> network.host("shop").run(Streams::program)));

        assertThat(printed).isEqualTo(expected(Streams.class));
    }

    @AsyncTest
    void a_time_limit_is_told_after_that_time() {
        String printed = await(StandardOutput.whileRuns(TimeLimit::program));

        assertThat(printed).endsWith("too slow\n");
        assertThat(getRunningLoop().time()).isEqualTo(Duration.ofMillis(11).toNanos());
    }

    @Test
    void other_programs_do_what_they_are_for_where_they_are() throws IOException {
        assumeTrue(isOnPath("sort") && isOnPath("sleep"), "sort or sleep is missing here");

        String printed = StandardOutput.of(Processes::main);

        assertThat(printed).isEqualTo(expected(Processes.class));
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    @Test
    void the_loop_made_by_hand_does_so_too() throws IOException {
        String printed = StandardOutput.of(LoopByHand::main);

        assertThat(printed).isEqualTo(expected(LoopByHand.class));
    }

    @Test
    void debug_mode_does_so_too_and_logs_what_held_the_loop() throws IOException {
        try (CaughtLog log = new CaughtLog("jasyncio")) {
            String printed = StandardOutput.of(DebugMode::main);

            assertThat(printed).isEqualTo(expected(DebugMode.class));
            assertThat(log.messages())
                    .anySatisfy(message ->
                            assertThat(message).startsWith("Executing <Task").contains(" took "));
        }
    }

    private static String expected(Class<?> program) throws IOException {
        try (InputStream text = program.getResourceAsStream(program.getSimpleName() + ".txt")) {
            assertThat(text).as("expected output of " + program).isNotNull();
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        }
    }
}
