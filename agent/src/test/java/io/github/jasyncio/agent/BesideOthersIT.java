package io.github.jasyncio.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.fixtures.Jdks;
import io.github.jasyncio.programs.InLoaders;
import io.github.jasyncio.programs.InSpring;
import io.github.jasyncio.programs.InTomcat;
import io.github.jasyncio.programs.Mocking;
import io.github.jasyncio.programs.OrdersServlet;
import io.github.jasyncio.programs.Prices;
import io.github.jasyncio.programs.Shop;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.IClassCoverage;
import org.jacoco.core.analysis.ICounter;
import org.jacoco.core.tools.ExecFileLoader;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent in company: of other agents, of what looks into a JVM, of servers and frameworks with class loaders of their own. */
class BesideOthersIT {

    private static final String OURS = "-javaagent:" + Jvm.AGENT;

    /** What Tomcat's own start script opens, so that Tomcat finds what an application leaves behind. */
    private static final List<String> OPENED = List.of(
            "java.base/java.lang=ALL-UNNAMED",
            "java.base/java.lang.reflect=ALL-UNNAMED",
            "java.base/java.io=ALL-UNNAMED",
            "java.base/java.util=ALL-UNNAMED",
            "java.base/java.util.concurrent=ALL-UNNAMED",
            "java.rmi/sun.rmi.transport=ALL-UNNAMED");

    @TempDir
    private Path directory;

    static Stream<Named<Path>> jdks() {
        return Jdks.all();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void coverage_and_mocks_are_right_whatever_the_order_of_the_agents(Path jdk) throws Exception {
        String mockito = "-javaagent:" + Jvm.location(org.mockito.Mockito.class);
        Path recorded = directory.resolve("jacoco.exec");
        String jacoco =
                "-javaagent:" + Jvm.location(org.jacoco.agent.rt.RT.class) + "=append=false,destfile=" + recorded;

        for (List<String> order : List.of(List.of(OURS, jacoco, mockito), List.of(mockito, jacoco, OURS))) {
            List<String> options = new ArrayList<>(order);
            options.add("-XX:-PrintWarnings"); // that Mockito prolongs the boot class path
            options.add("-XX:TieredStopAtLevel=1"); // much code runs, none of it long
            Jvm run = Jvm.runWithLibraries(jdk, options, Mocking.class);

            assertThat(run)
                    .as("%s", order)
                    .isEqualTo(new Jvm(0, "before 60\nmock 12 and null\nspy 140\nstatic 200 and 200\nbehind 60\n", ""));
            assertThat(coverage(recorded, Shop.class))
                    .as("%s", order)
                    .isEqualTo("<init> 1/1, price 4/5 with branches 1/2, rebate 0/2, total 4/4 with branches 2/2");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_flight_recording_and_a_debugger_change_nothing(Path jdk) throws Exception {
        Path recording = directory.resolve("recording.jfr");
        List<String> options = List.of(
                OURS,
                "-XX:StartFlightRecording=filename=" + recording,
                "-Xlog:jfr*=error",
                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y");

        Jvm run = Jvm.run(jdk, options, Prices.class);

        assertThat(run).isEqualTo(new Jvm(0, "suspended\ntotal 30\ndebug null\n", ""));
        assertThat(recording).isNotEmptyFile();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void tomcat_warns_of_nothing_and_each_application_has_its_own_runtime(Path jdk) throws Exception {
        for (String application : List.of("one", "two")) {
            Path webInf = directory.resolve(application).resolve("WEB-INF");
            copy(Jvm.location(Async.class), webInf.resolve("lib/jasyncio-core.jar"));
            String servlet = OrdersServlet.class.getName().replace('.', '/') + ".class";
            copy(
                    Jvm.location(OrdersServlet.class).resolve(servlet),
                    webInf.resolve("classes").resolve(servlet));
        }
        List<String> options = new ArrayList<>(List.of(OURS));
        OPENED.forEach(each -> options.add("--add-opens=" + each));

        Jvm run = Jvm.runWithLibraries(jdk, options, InTomcat.class, directory.toString());

        String page = "33 and 2 in ParallelWebappClassLoader with a runtime of its own\n";
        assertThat(run).isEqualTo(new Jvm(0, page + page, ""));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void springs_proxies_call_async_methods(Path jdk) throws Exception {
        Jvm run = Jvm.runWithLibraries(jdk, List.of(OURS), InSpring.class);

        assertThat(run).isEqualTo(new Jvm(0, """
                        before total
                        Shop$$SpringCGLIB$$0 30
                        before price
                        before price
                        InSpring$Configured$$SpringCGLIB$$0 20
                        """, ""));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void class_loaders_of_all_kinds_get_their_classes_rewritten(Path jdk) throws Exception {
        Javac.compile(directory, "Orders", """
                package shop;

                import static io.github.jasyncio.Asyncio.*;
                import io.github.jasyncio.*;

                public class Orders {
                    public static int total() { return 2 * run(price(1)); }
                    @Async static Coroutine<Integer> price(int item) {
                        await(sleep(java.time.Duration.ZERO));
                        return Coroutine.of(item * 10);
                    }
                }
                """);
        String runtime = Jvm.location(Async.class).toString();

        Jvm run = Jvm.runWithLibraries(jdk, List.of(OURS), InLoaders.class, directory.toString(), runtime);

        assertThat(run.out()).as(run.err()).isEqualTo("""
                        one lock for all classes: 20
                        no lock at all, many threads: 20
                        a runtime of its own: 20
                        another runtime: 20
                        no runtime: java.lang.NoClassDefFoundError: io/github/jasyncio/Awaitable
                        """);
        assertThat(run.err())
                .as("the one loader that cannot run async methods is named")
                .containsOnlyOnce("SEVERE")
                .contains("shop.Orders was not rewritten: java.net.URLClassLoader@")
                .contains("does the loader see jasyncio-core?");
    }

    /** What JaCoCo's report says of a class as it was compiled: covered and all lines of each method, and branches. */
    private static String coverage(Path recorded, Class<?> type) throws IOException {
        ExecFileLoader recording = new ExecFileLoader();
        recording.load(recorded.toFile());
        CoverageBuilder report = new CoverageBuilder();
        try (InputStream classFile = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            new Analyzer(recording.getExecutionDataStore(), report).analyzeClass(classFile, type.getName());
        }
        IClassCoverage coverage = report.getClasses().iterator().next();
        return coverage.getMethods().stream()
                .map(method -> method.getName() + " " + counts(method.getLineCounter())
                        + (method.getBranchCounter().getTotalCount() == 0
                                ? ""
                                : " with branches " + counts(method.getBranchCounter())))
                .collect(Collectors.joining(", "));
    }

    private static String counts(ICounter counter) {
        return counter.getCoveredCount() + "/" + counter.getTotalCount();
    }

    private static void copy(Path file, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
    }
}
