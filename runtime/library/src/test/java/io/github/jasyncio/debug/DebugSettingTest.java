package io.github.jasyncio.debug;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Asyncio;
import io.github.jasyncio.EventLoop;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a program's command line and its environment may say about debug mode. */
class DebugSettingTest {

    @ParameterizedTest
    @CsvSource({
        "1, , true",
        "true, , true",
        "True, , true",
        "0, , false",
        "false, , false",
        "'', , false",
        " , , false",
        " , 1, true",
        " , true, true",
        " , 0, false",
        " , '', false",
        "1, 0, false",
        "0, true, true"
    })
    void both_spellings_are_understood_and_the_command_line_comes_first(
            @Nullable String variable, @Nullable String property, boolean isOn) throws Exception {
        assertThat(output(variable, property)).containsExactly("debug " + isOn, "debug " + isOn);
    }

    @ParameterizedTest
    @CsvSource({"yes, , JASYNCIO_DEBUG=yes", " , on, -Djasyncio.debug=on"})
    void anything_else_is_off_and_said_once(@Nullable String variable, @Nullable String property, String named)
            throws Exception {
        List<String> output = output(variable, property);

        assertThat(output).filteredOn(line -> line.startsWith("debug ")).containsExactly("debug false", "debug false");
        assertThat(output)
                .filteredOn(line -> line.contains("not understood"))
                .singleElement()
                .asString()
                .endsWith(named + " is not understood and means nothing:"
                        + " known are 0 (off), 1 (on), false (off), true (on), and the empty text (off)");
    }

    private static List<String> output(@Nullable String variable, @Nullable String property) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (property != null) {
            command.add("-Djasyncio.debug=" + property);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), TwoLoops.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("JASYNCIO_DEBUG", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        if (variable != null) {
            builder.environment().put("JASYNCIO_DEBUG", variable);
        }
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } finally {
            process.destroyForcibly();
        }
    }

    static final class TwoLoops {
        public static void main(String[] arguments) {
            for (int i = 0; i < 2; i++) {
                EventLoop loop = Asyncio.newEventLoop();
                System.out.println("debug " + loop.getDebug());
                loop.close();
            }
        }
    }
}
