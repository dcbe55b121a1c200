package io.github.jasyncio.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.agent.files.ClassDirectory;
import io.github.jasyncio.agent.files.Rewriting;
import io.github.jasyncio.fixtures.Jdks;
import io.github.jasyncio.programs.AttachingLate;
import io.github.jasyncio.programs.Prices;
import io.github.jasyncio.programs.Redefining;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs in processes of their own, with the jar that users get. */
class AgentIT {

    private static final String OUTPUT = "suspended\ntotal 30\n";

    private static final String ORDERS = "/shop/Orders.class";

    @TempDir
    private Path directory;

    static Stream<Named<Path>> jdks() {
        return Jdks.all();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_program_with_async_methods_runs_in_silence(Path jdk) throws Exception {
        Jvm run = Jvm.run(jdk, List.of("-javaagent:" + Jvm.AGENT), Prices.class);

        assertThat(run).isEqualTo(new Jvm(0, OUTPUT + "debug null\n", ""));
    }

    /** A frame class has to become a member of the module of its class, which alone may read what the module requires. */
    @ParameterizedTest
    @MethodSource("jdks")
    void a_program_on_the_module_path_runs(Path jdk) throws Exception {
        String main = """
                package shop;

                import static io.github.jasyncio.Asyncio.*;
                import io.github.jasyncio.*;

                public class Main {
                    @Async static Coroutine<Integer> next(int n) { await(sleep(java.time.Duration.ZERO)); return Coroutine.of(n + 1); }
                    public static void main(String[] arguments) { System.out.println(run(next(1)) + " in " + Main.class.getModule()); }
                }
                """;
        Javac.module(
                directory, Map.of("module-info", "module shop { requires io.github.jasyncio.core; }", "Main", main));
        String modules = Jvm.location(Async.class) + File.pathSeparator + directory;

        Jvm run = Jvm.run(jdk, List.of("-javaagent:" + Jvm.AGENT, "-p", modules, "-m", "shop/shop.Main"));

        assertThat(run).isEqualTo(new Jvm(0, "2 in module shop\n", ""));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void without_the_agent_the_first_await_says_what_is_missing(Path jdk) throws Exception {
        Jvm run = Jvm.run(jdk, List.of(), Prices.class);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("was not rewritten");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void options_are_heeded(Path jdk) throws Exception {
        Jvm run = Jvm.run(jdk, List.of("-javaagent:" + Jvm.AGENT + "=debug,verbose"), Prices.class);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo(OUTPUT + "debug true\n");
        assertThat(run.err()).contains("rewrote " + Prices.class.getName());
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_wrong_option_ends_the_program_before_it_begins(Path jdk) throws Exception {
        Jvm run = Jvm.run(jdk, List.of("-javaagent:" + Jvm.AGENT + "=debag"), Prices.class);

        assertThat(run)
                .isEqualTo(new Jvm(2, "", "unknown option 'debag' of the jasyncio agent\n" + AgentOptions.HELP + "\n"));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void help_is_given_instead_of_the_program(Path jdk) throws Exception {
        Jvm run = Jvm.run(jdk, List.of("-javaagent:" + Jvm.AGENT + "=help"), Prices.class);

        assertThat(run).isEqualTo(new Jvm(0, AgentOptions.HELP + "\n", ""));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void attached_late_it_names_what_was_loaded_too_early_and_rewrites_the_rest(Path jdk) throws Exception {
        Jvm run = late(jdk);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo(OUTPUT + "debug null\n");
        assertThat(run.err())
                .contains(
                        "the jasyncio agent came too late for classes that were loaded already; their async methods fail at the"
                                + " first await: io.github.jasyncio.programs.AttachingLate$Early\n");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void attached_with_a_wrong_option_it_does_not_end_the_program(Path jdk) throws Exception {
        Jvm run = late(jdk, "debag");

        assertThat(run.exitCode())
                .as("the exception of the attaching, not ours")
                .isEqualTo(1);
        assertThat(run.err())
                .contains("AgentInitializationException")
                .contains("unknown option 'debag' of the jasyncio agent");
    }

    /** A debugger's hot swap gives the class as javac made it, a coverage agent has the rewritten one transformed again. */
    @ParameterizedTest
    @MethodSource("jdks")
    void a_class_can_be_retransformed_and_redefined(Path jdk) throws Exception {
        Path first = orders("first", "\n", "return Coroutine.of(await(rate) + 1);");
        Path second = orders("second", "\n\n", "return Coroutine.of(await(rate) + 2);");
        Path third = orders("third", "\n", "double kept = 0.5; return Coroutine.of(await(rate) + (int) (4 * kept));");
        List<String> agents = List.of("-javaagent:" + Jvm.AGENT, "-javaagent:" + otherAgent());
        List<String> reversed = List.of(agents.get(1), agents.get(0));

        for (List<String> order : List.of(agents, reversed)) {
            List<String> arguments = new ArrayList<>(order);
            arguments.addAll(List.of("-cp", first + File.pathSeparator + classPath()));
            arguments.addAll(List.of(Redefining.class.getName(), second + ORDERS, third + ORDERS));

            Jvm run = Jvm.run(jdk, arguments);

            assertThat(run.out())
                    .as(run.err())
                    .isEqualTo("11 in line 9\n11 in line 9\n12 in line 10\nrefused\n12 in line 10\n");
            assertThat(run.err())
                    .contains("WARNING: shop.Orders was not redefined: an async method now has other awaits, or keeps"
                            + " other values across them, and the JVM does not allow that in a class that is"
                            + " loaded (class redefinition failed: attempted to ")
                    .doesNotContain("SEVERE");
        }
    }

    /**
     * A coroutine that stands in the old code would go on in the new one with what it has saved. Where no agent rewrites, a debugger that knows nothing of
     * frame classes redefines the class alone, and the new code would call what the old frame class does not have.
     */
    @ParameterizedTest
    @MethodSource("jdks")
    void a_redefinition_that_would_exchange_variables_or_save_others_is_refused_whoever_has_rewritten_the_class(
            Path jdk) throws Exception {
        String use = " int n = await(rate); return Coroutine.of((user + n + pass).length());";
        Path first = orders("first", "", "String user = \"tom\"; String pass = \"s3cret\";" + use);
        Path second = orders("second", "", "String pass = \"s3cret\"; String user = \"tom\";" + use);
        Path third = orders("third", "", "String user = \"tom\"; long pass = 123456;" + use);
        Path fourth = orders("fourth", "", "String user = \"tom\"; String pass = \"s3cret!\";" + use);
        List<Path> versions = List.of(first, second, third, fourth);
        String other = "-javaagent:" + otherAgent();

        Jvm byAgent = redefine(jdk, List.of("-javaagent:" + Jvm.AGENT, other), versions);
        for (Path classes : versions) {
            new ClassDirectory(classes).transform(new Rewriting(ClassFilter.ALL, false));
        }
        Jvm byBuild = redefine(jdk, List.of(other), versions);

        for (Jvm run : List.of(byAgent, byBuild)) {
            assertThat(run.out())
                    .as(run.err())
                    .isEqualTo("11 in line 8\n11 in line 8\n" + "refused\n11 in line 8\n".repeat(2) + "12 in line 8\n");
        }
    }

    /** It redefines where it may, and makes another class where the JVM refuses; both go on well. */
    @ParameterizedTest
    @MethodSource("jdks")
    void jshell_says_nothing_of_methods_that_are_written_anew(Path jdk) throws Exception {
        Path script = Files.writeString(directory.resolve("script.jsh"), """
                import static io.github.jasyncio.Asyncio.*
                import io.github.jasyncio.*
                @Async Coroutine<Integer> f(int n) { await(sleep(java.time.Duration.ZERO)); return Coroutine.of(n); }
                System.out.println(run(f(1)))
                @Async Coroutine<Integer> f(int n) { int kept = 2; await(sleep(java.time.Duration.ZERO)); return Coroutine.of(n + kept); }
                System.out.println(run(f(1)))
                @Async Coroutine<Integer> f(int n) { return Coroutine.of(n + 7); }
                System.out.println(run(f(1)))
                /exit
                """);

        Jvm run = Jvm.run(
                jdk,
                List.of(
                        "-Djava.util.prefs.userRoot=" + directory,
                        "-m",
                        "jdk.jshell/jdk.internal.jshell.tool.JShellToolProvider",
                        "-R-javaagent:" + Jvm.AGENT,
                        "--class-path",
                        Jvm.location(Async.class).toString(),
                        script.toString()));

        assertThat(run.out()).as(run.err()).isEqualTo("1\n3\n8\n");
        assertThat(run.err()).doesNotContain("jasyncio", "redefined", "restart");
    }

    /** Runs the first, and redefines it with each of the others. */
    private static Jvm redefine(Path jdk, List<String> agents, List<Path> versions)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(agents);
        arguments.addAll(
                List.of("-cp", versions.get(0) + File.pathSeparator + classPath(), Redefining.class.getName()));
        versions.stream().skip(1).map(classes -> classes + ORDERS).forEach(arguments::add);
        return Jvm.run(jdk, arguments);
    }

    private static Jvm late(Path jdk, String... options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(
                List.of("-Djdk.attach.allowAttachSelf=true", "-cp", classPath(), AttachingLate.class.getName()));
        arguments.add(Jvm.AGENT.toString());
        arguments.addAll(List.of(options));
        return Jvm.run(jdk, arguments);
    }

    private Path orders(String version, String before, String body) throws IOException {
        Path classes = Files.createDirectory(directory.resolve(version));
        Javac.shop(
                classes,
                "Orders",
                "public class Orders { public static java.util.concurrent.CompletableFuture<Integer> rate = new"
                        + " java.util.concurrent.CompletableFuture<>();" + before
                        + "@Async public static Coroutine<Integer> price() { " + body + "}}");
        return classes;
    }

    private Path otherAgent() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", Redefining.class.getName());
        manifest.getMainAttributes().putValue("Can-Redefine-Classes", "true");
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        Path jar = directory.resolve("other.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }

    private static String classPath() {
        return Jvm.location(Prices.class) + File.pathSeparator + Jvm.location(Async.class);
    }
}
