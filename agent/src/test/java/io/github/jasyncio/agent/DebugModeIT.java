package io.github.jasyncio.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.fixtures.Jdks;
import io.github.jasyncio.programs.Mistaken;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The five ways into debug mode, and what a program's user gets to see of it. */
class DebugModeIT {

    private static final String PROGRAM = Mistaken.class.getName();

    private static final String REFUSED =
            "callSoon called on thread 'jasyncio-0', but <EventLoop running=true closed=false debug=true>"
                    + " runs on 'main'; use callSoonThreadsafe from other threads\n";

    private static final String SLOW = "WARNING Executing <Task .* name='slow' coro=<coroutine .*" + PROGRAM
            + "\\.block\\(Mistaken\\.java:\\d+\\)>.* created at Mistaken\\.java:\\d+> %s \\d+\\.\\d{3} seconds%s it %s here:\n"
            + "(    at java\\.base/[^\n]*\n)+"
            + "    at " + PROGRAM + "\\.waitForReport\\(Mistaken\\.java:\\d+\\)\n"
            + "    at " + PROGRAM + "\\.block\\(Mistaken\\.java:\\d+\\)\n"
            + "    meanwhile nothing else can run on the loop; what blocks belongs on another thread: await\\(toThread\\(\\(\\) -> \\.\\.\\.\\)\\)\n";

    private static final String NEVER_AWAITED = "coroutine " + PROGRAM
            + "\\.price was never awaited, created at Mistaken\\.java:\\d+\n"
            + "    nothing of it has run: await\\(price\\(\\.\\.\\.\\)\\) runs it and waits for it, createTask\\(price\\(\\.\\.\\.\\)\\)"
            + " lets it run by itself\n"
            + "    at " + PROGRAM + "\\.%s\\(Mistaken\\.java:\\d+\\)\n";

    private static final String ALL = SLOW.formatted("has taken", " and goes on;", "is")
            + SLOW.formatted("took", "; after \\d+\\.\\d{3} seconds", "was")
            + "WARNING " + NEVER_AWAITED.formatted("program")
            + "INFO end\n";

    /** At the end of the JVM, and past the logger, which is gone. */
    private static final String AT_EXIT = "WARNING: " + NEVER_AWAITED.formatted("main");

    static Stream<Named<Path>> jdks() {
        return Jdks.all();
    }

    static Stream<Arguments> ways() {
        return Jdks.all()
                .flatMap(jdk -> Stream.of(
                        Arguments.of(jdk, Map.of("JASYNCIO_DEBUG", "1"), "", List.of(), "outside", AT_EXIT),
                        Arguments.of(jdk, Map.of(), "", List.of("-Djasyncio.debug=true"), "outside", AT_EXIT),
                        Arguments.of(jdk, Map.of(), "=debug", List.of(), "outside", AT_EXIT),
                        Arguments.of(jdk, Map.of(), "", List.of(), "run", ""),
                        Arguments.of(jdk, Map.of(), "", List.of(), "set", "")));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void each_way_leads_to_the_same_reports(
            Path jdk, Map<String, String> environment, String option, List<String> more, String way, String atExit)
            throws Exception {
        Jvm run = run(jdk, environment, option, more, way);

        assertThat(run.out()).as(run.err()).isEqualTo("debug true\n" + REFUSED);
        assertThat(withoutOtherSlowSteps(run.err())).matches("(?s:" + ALL + atExit + ")");
        assertThat(run.exitCode()).isZero();
    }

    /** On a busy machine a program's very first step may be one. */
    private static String withoutOtherSlowSteps(String log) {
        return Stream.of(log.split("(?m)^(?=WARNING)", -1))
                .filter(report -> !report.startsWith("WARNING Executing") || report.contains("name='slow'"))
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void without_debug_mode_there_are_none(Path jdk) throws Exception {
        Jvm run = run(jdk, Map.of("JASYNCIO_DEBUG", "0"), "", List.of("-Djasyncio.debug=false"), "outside");

        assertThat(run).isEqualTo(new Jvm(0, "debug false\naccepted\n", "INFO end\n"));
    }

    private static Jvm run(Path jdk, Map<String, String> environment, String option, List<String> more, String way)
            throws Exception {
        List<String> arguments = Stream.of(
                        List.of(
                                "-javaagent:" + Jvm.AGENT + option,
                                "-Djava.util.logging.SimpleFormatter.format=%4$s %5$s%6$s%n"),
                        more,
                        List.of("-cp", Jvm.classPath(Mistaken.class), PROGRAM, way))
                .flatMap(List::stream)
                .toList();
        return Jvm.run(jdk, arguments, environment);
    }
}
