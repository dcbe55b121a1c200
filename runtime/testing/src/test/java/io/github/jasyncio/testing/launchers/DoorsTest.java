package io.github.jasyncio.testing.launchers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.console.ConsoleLauncher;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * A test class that is compiled here, rewritten by each door or by none, and run by launchers as IDEs and consoles use them. Surefire and the goal
 * {@code transform-tests} run this very module's tests.
 */
class DoorsTest {

    private static final String SOURCE = """
            package shop;

            import static io.github.jasyncio.Asyncio.*;

            import io.github.jasyncio.Async;
            import io.github.jasyncio.testing.AsyncTest;
            import java.time.Duration;
            import org.junit.jupiter.api.BeforeEach;

            class ShopTest {

                private int days;

                @BeforeEach
                @Async
                void before() {
                    await(sleep(Duration.ofDays(1)));
                    days++;
                }

                @AsyncTest
                void waits_a_day() {
                    await(sleep(Duration.ofDays(1)));
                    days++;
                    if (days != 2) {
                        throw new AssertionError(days + " days");
                    }
                }

                @AsyncTest(schedules = 10)
                void waits_a_day_in_other_orders() {
                    await(gather(sleep(Duration.ofDays(1)), sleep(Duration.ofDays(1))));
                }
            }
            """;

    private static final Path AGENT = Path.of(System.getProperty("jasyncio.agent.jar", "no jasyncio.agent.jar"));

    @TempDir
    private Path directory;

    private Path compile(String... options) throws IOException {
        Path source = Files.writeString(
                Files.createDirectories(directory.resolve("shop")).resolve("ShopTest.java"), SOURCE);
        Path classes = Files.createDirectories(directory.resolve("classes"));
        List<String> all = new ArrayList<>(
                List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-implicit:none"));
        all.addAll(List.of(options));
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            boolean isCompiled = javac.getTask(said, files, null, all, null, files.getJavaFileObjects(source))
                    .call();
            assertThat(isCompiled).as(said.toString()).isTrue();
        }
        return classes;
    }

    /** As IDEs do. */
    private static TestExecutionSummary launch(Path classes) throws Exception {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, DoorsTest.class.getClassLoader())) {
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(DiscoverySelectors.selectClass(loader.loadClass("shop.ShopTest")))
                    .build();
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            LauncherFactory.create().execute(request, listener);
            return listener.getSummary();
        }
    }

    @Test
    void compiled_with_the_javac_plugin_and_run_as_ides_do() throws Exception {
        Path classes = compile("-processorpath", AGENT.toString(), "-Xplugin:jasyncio");

        TestExecutionSummary summary = launch(classes);

        assertThat(summary.getFailures()).isEmpty();
        assertThat(summary.getTestsSucceededCount()).isEqualTo(2);
    }

    @Test
    void forgotten_each_test_shows_the_lines_to_add() throws Exception {
        Path classes = compile("-proc:none");

        TestExecutionSummary summary = launch(classes);

        assertThat(summary.getFailures()).hasSize(2);
        assertThat(summary.getFailures())
                .allSatisfy(failure -> assertThat(failure.getException())
                        .hasMessageContaining("<goal>transform-tests</goal>")
                        .hasMessageContaining("-Xplugin:jasyncio")
                        .hasMessageContaining("-javaagent:"));
    }

    @Test
    void in_the_console_launcher() throws Exception {
        Path classes = compile("-processorpath", AGENT.toString(), "-Xplugin:jasyncio");
        StringWriter out = new StringWriter();

        int code = ConsoleLauncher.run(
                        new PrintWriter(out),
                        new PrintWriter(out),
                        "execute",
                        "--class-path=" + classes,
                        "--select-class=shop.ShopTest",
                        "--disable-banner")
                .getExitCode();

        assertThat(out.toString()).contains("2 tests successful");
        assertThat(code).isZero();
    }

    @Test
    void rewritten_by_the_agent_in_a_console_launcher_of_its_own() throws Exception {
        Path classes = compile("-proc:none");
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-javaagent:" + AGENT,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classes + File.pathSeparator + System.getProperty("java.class.path"),
                        ConsoleLauncher.class.getName(),
                        "execute",
                        "--select-class=shop.ShopTest",
                        "--disable-banner")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(Files.readString(output)).contains("2 tests successful");
        assertThat(process.exitValue()).isZero();
    }
}
