package io.github.jasyncio.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.fixtures.Jdks;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code ps} and {@code pstree}, asked of real processes. */
@Timeout(180)
class InspectIT {

    private static final String SHOP = """
            import static io.github.jasyncio.Asyncio.*;
            import io.github.jasyncio.*;
            import java.time.Duration;

            class Shop {
                @Async static Coroutine<Void> parse() {
                    await(sleep(Duration.ofDays(1)));
                    return Coroutine.done();
                }

                @Async static Coroutine<Void> prices(Task<Void> parser) {
                    await(download(parser));
                    return Coroutine.done();
                }

                @Async static Coroutine<Void> download(Task<Void> parser) {
                    await(gather(parser));
                    return Coroutine.done();
                }

                @Async static Coroutine<Void> waits(Future<Task<Void>> other) {
                    await(await(other));
                    return Coroutine.done();
                }

                @Async static Coroutine<Void> program(boolean blocks) {
                    Task<Void> parser = createTask(parse(), "parser");
                    Future<Task<Void>> second = getRunningLoop().createFuture();
                    Task<Void> hen = createTask(waits(second), "hen");
                    Future<Task<Void>> first = getRunningLoop().createFuture();
                    second.setResult(createTask(waits(first), "egg"));
                    first.setResult(hen);
                    return taskGroup(group -> {
                        group.createTask(prices(parser), "prices");
                        await(sleep(Duration.ofMillis(20)));
                        if (blocks) {
                            block();
                        }
                        System.out.println("ready");
                        await(sleep(Duration.ofDays(1)));
                        return Coroutine.done();
                    });
                }

                static void block() throws InterruptedException {
                    System.out.println("ready");
                    new java.util.concurrent.CountDownLatch(1).await();
                }

                @Async static Coroutine<Void> many() {
                    var parsers = new java.util.ArrayList<Task<Void>>();
                    for (int i = 0; i < 20_000; i++) {
                        parsers.add(createTask(parse(), "parser-" + i));
                    }
                    await(sleep(Duration.ZERO));
                    System.out.println("ready");
                    return parse();
                }

                public static void main(String[] arguments) {
                    boolean blocks = arguments.length > 0 && arguments[0].equals("block");
                    run(arguments.length > 0 && arguments[0].equals("many") ? many() : program(blocks));
                }
            }
            """;

    private static final String PS = """
            LOOP  TASK  NAME    STATE                 AWAITED BY  COROUTINE STACK
            1     1     Task-1  waiting for a sleep               Shop.lambda$program$0(Shop.java:40)
                                                                  io.github.jasyncio.Asyncio.taskGroup(Asyncio.java)
            1     2     parser  waiting for a sleep   prices      Shop.parse(Shop.java:7)
            1     3     hen     waiting for egg       egg         Shop.waits(Shop.java:22)
            1     4     egg     waiting for hen       hen         Shop.waits(Shop.java:22)
            1     5     prices  waiting for a gather  Task-1      Shop.download(Shop.java:17)
                                                                  Shop.prices(Shop.java:12)
            """;

    private static final String PSTREE = """
            Event loop 1 on thread 'main': 0 ready, 2 scheduled, 5 tasks, N turns
            ├── Task-1, waiting
            │   │   io.github.jasyncio.Asyncio.taskGroup(Asyncio.java)
            │   │   Shop.lambda$program$0(Shop.java:40)
            │   └── prices, waiting
            │       │   Shop.prices(Shop.java:12)
            │       │   Shop.download(Shop.java:17)
            │       └── parser, waiting for a sleep
            │               Shop.parse(Shop.java:7)
            └── hen, waiting
                │   Shop.waits(Shop.java:22)
                └── egg, waiting
                    │   Shop.waits(Shop.java:22)
                    └── hen (a cycle: it awaits itself)
            A cycle, these tasks wait for ever: hen awaits egg awaits hen
            """;

    private static final Path CURRENT = Path.of(System.getProperty("java.home"));

    @TempDir
    private Path classes;

    private final List<Process> processes = new ArrayList<>();

    static Stream<Named<Path>> jdks() {
        return Jdks.all();
    }

    @AfterEach
    void end_the_processes() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    /** A process that is in the midst of it. Arguments behind the class are the program's. */
    private Process shop(Path jdk, String... arguments) throws IOException {
        Javac.compile(classes, "Shop", SHOP);
        return run(jdk, arguments);
    }

    private Process rewrittenShop(Path jdk, String... arguments) throws Exception {
        Javac.compile(classes, "Shop", SHOP);
        assertThat(Jvm.run(jdk, List.of("-jar", Jvm.AGENT.toString(), "transform", classes.toString())))
                .isEqualTo(printed(""));
        return run(jdk, arguments);
    }

    private Process run(Path jdk, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(jdk.resolve("bin/java").toString()));
        command.addAll(List.of("-cp", classes + File.pathSeparator + Jvm.location(Async.class)));
        command.addAll(List.of(arguments));
        if (!command.contains("Shop")) {
            command.add("Shop");
        }
        return started(command);
    }

    private Process started(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().remove("JDK_JAVA_OPTIONS");
        Process process = builder.redirectError(classes.resolve("err").toFile()).start();
        processes.add(process);
        BufferedReader out = process.inputReader();
        assertThat(out.readLine()).as(Files.readString(classes.resolve("err"))).isEqualTo("ready");
        return process;
    }

    private String err() throws IOException {
        return Files.readString(classes.resolve("err"));
    }

    private static Jvm inspect(Path jdk, String command, long pid) throws IOException, InterruptedException {
        return Jvm.run(
                jdk,
                List.of(
                        "-Dfile.encoding=UTF-8",
                        "-Dstdout.encoding=UTF-8",
                        "-jar",
                        Jvm.AGENT.toString(),
                        command,
                        Long.toString(pid)));
    }

    private static Jvm printed(String out) {
        return new Jvm(0, out, "");
    }

    private static Jvm withoutTurns(Jvm run) {
        return new Jvm(run.exitCode(), run.out().replaceAll("\\d+ turns", "N turns"), run.err());
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void under_the_agent_it_is_asked_by_jmx(Path jdk) throws Exception {
        Process shop = shop(jdk, "-javaagent:" + Jvm.AGENT);

        assertThat(inspect(jdk, "ps", shop.pid())).isEqualTo(printed(PS));
        assertThat(err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void rewritten_when_it_was_built_it_is_asked_by_jmx(Path jdk) throws Exception {
        Process shop = rewrittenShop(jdk);

        assertThat(withoutTurns(inspect(jdk, "pstree", shop.pid()))).isEqualTo(printed(PSTREE));
        assertThat(err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void without_jmx_the_agent_is_loaded_to_ask_it(Path jdk) throws Exception {
        Process shop = rewrittenShop(jdk, "-Djasyncio.jmx=false", "-XX:+EnableDynamicAgentLoading");

        assertThat(inspect(jdk, "ps", shop.pid())).isEqualTo(printed(PS));
        assertThat(err()).isEmpty();
    }

    @Test
    void a_loop_that_something_blocks_is_shown_with_the_place() throws Exception {
        Process shop = rewrittenShop(CURRENT, "-Djasyncio.jmx=true", "Shop", "block");

        assertThat(inspect(CURRENT, "ps", shop.pid()).out())
                .startsWith("Event loop 1 on thread 'main': 0 ready, 1 scheduled, 5 tasks, ")
                .contains(
                        "  The loop's thread is busy and did not answer; what follows was read meanwhile. It is here:\n")
                .contains("    at java.util.concurrent.CountDownLatch.await(CountDownLatch.java:")
                .contains("    at Shop.block(Shop.java:47)\n    at Shop.lambda$program$0(Shop.java:37)\n")
                .containsPattern("1     1     Task-1  running +jdk.internal.misc.Unsafe.park\\(")
                .containsPattern(" +Shop.block\\(Shop.java:47\\)\\R +Shop.lambda\\$program\\$0\\(Shop.java:37\\)\\R"
                        + " +io.github.jasyncio.Asyncio.taskGroup\\(Asyncio.java\\)\\R");
    }

    /** What is sent does not fit into the socket's buffers. */
    @Test
    void a_long_dump_comes_over_whole() throws Exception {
        Process shop = rewrittenShop(CURRENT, "-Djasyncio.jmx=false", "-XX:+EnableDynamicAgentLoading", "Shop", "many");

        assertThat(inspect(CURRENT, "ps", shop.pid()).out())
                .contains("parser-9998  waiting for a sleep              Shop.parse(Shop.java:7)\n")
                .endsWith("  ... and 10001 more tasks\n");
    }

    /** As in a runtime image that was made without java.management. */
    @Test
    void a_process_without_management_and_flight_recorder_runs_and_is_asked_by_the_agent() throws Exception {
        Process shop = rewrittenShop(CURRENT, "--limit-modules", "java.base");

        assertThat(inspect(CURRENT, "ps", shop.pid())).isEqualTo(printed(PS));
        // A newer JVM warns of modules of its own that it loads when it is attached to.
        assertThat(err().lines().filter(line -> !line.startsWith("WARNING: ") && !line.isEmpty()))
                .isEmpty();
    }

    @Test
    void a_process_without_our_runtime_is_told_so() throws Exception {
        Javac.compile(classes, "Other", """
                class Other {
                    public static void main(String[] arguments) throws Exception {
                        System.out.println("ready");
                        Thread.sleep(1_000_000);
                    }
                }
                """);
        Process other = started(List.of(CURRENT.resolve("bin/java").toString(), "-cp", classes.toString(), "Other"));

        assertThat(inspect(CURRENT, "ps", other.pid()))
                .isEqualTo(refused(
                        "process " + other.pid() + " has no event loops: the jasyncio runtime is not loaded there"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_process_that_is_no_jvm_is_left_alone() throws Exception {
        Process sleep = new ProcessBuilder("sleep", "1000").start();
        processes.add(sleep);

        assertThat(inspect(CURRENT, "ps", sleep.pid()))
                .isEqualTo(refused(
                        "process " + sleep.pid() + " is not a JVM, or one that is still starting or runs with -Xrs"));
        assertThat(sleep.isAlive()).isTrue();
    }

    @Test
    void a_process_that_is_not_there_is_told_so() throws Exception {
        Process gone = new ProcessBuilder(CURRENT.resolve("bin/java").toString(), "-version").start();
        gone.waitFor();

        assertThat(inspect(CURRENT, "pstree", gone.pid())).isEqualTo(refused("there is no process " + gone.pid()));
    }

    @Test
    void a_jvm_that_does_not_let_anybody_in_is_told_so() throws Exception {
        Process shop = rewrittenShop(CURRENT, "-XX:+DisableAttachMechanism");

        Jvm run = inspect(CURRENT, "ps", shop.pid());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("jasyncio: cannot attach to process " + shop.pid() + ": ")
                .endsWith("; is it a JVM of this container, and not started with -XX:+DisableAttachMechanism?\n");
    }

    private static Jvm refused(String message) {
        return new Jvm(1, "", "jasyncio: " + message + "\n");
    }
}
