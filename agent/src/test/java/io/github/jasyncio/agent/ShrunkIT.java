package io.github.jasyncio.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.android.tools.r8.R8;
import io.github.jasyncio.Async;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program that was made smaller, together with the runtime, by the rules that the runtime brings along. */
class ShrunkIT {

    private static final Path JDK = Path.of(System.getProperty("java.home"));
    private static final String RULES = "/META-INF/proguard/jasyncio.pro";

    private static final String KEEP_MAIN =
            "-keep public class shop.Orders { public static void main(java.lang.String[]); }";

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "-libraryjars {0}")
    @ValueSource(strings = {"java.base", "java.base java.management jdk.jfr jdk.unsupported"})
    void a_shrunk_and_obfuscated_program_runs_and_its_traces_are_clean(String modules) throws Exception {
        Path classes = program();
        Path shrunk = directory.resolve("shrunk.jar");
        assumeThat(JDK.resolve("jmods"))
                .as("this JDK is linked without its .jmod files, which ProGuard reads")
                .isDirectory();

        Jvm proguard = shrink(classes, shrunk, modules.split(" "));

        assertThat(proguard.exitCode()).as(proguard.out() + proguard.err()).isZero();
        assertRunsWithCleanTraces(shrunk);
    }

    /** R8 finds the rules in the jar by itself. */
    @Test
    void a_program_that_r8_has_shrunk_runs_and_its_traces_are_clean() throws Exception {
        Path program = directory.resolve("program.jar");
        Path classes = program();
        Jvm jar = Jvm.run(
                JDK,
                List.of(
                        "-m",
                        "jdk.jartool/sun.tools.jar.Main",
                        "-cf",
                        program.toString(),
                        "-C",
                        classes.toString(),
                        "."));
        assertThat(jar.exitCode()).as(jar.err()).isZero();
        Path keep = Files.writeString(directory.resolve("program.pro"), KEEP_MAIN);
        Path shrunk = directory.resolve("shrunk.jar");

        Jvm r8 = Jvm.run(
                JDK,
                List.of(
                        "-cp",
                        Jvm.location(R8.class).toString(),
                        R8.class.getName(),
                        "--release",
                        "--classfile",
                        "--output",
                        shrunk.toString(),
                        "--lib",
                        JDK.toString(),
                        "--pg-conf",
                        keep.toString(),
                        program.toString(),
                        Jvm.location(Async.class).toString()));

        assertThat(r8.exitCode()).as(r8.out() + r8.err()).isZero();
        assertRunsWithCleanTraces(shrunk);
    }

    private static void assertRunsWithCleanTraces(Path shrunk) throws Exception {
        Jvm run = Jvm.run(JDK, List.of("-Djasyncio.jmx=true", "-cp", shrunk.toString(), "shop.Orders"));

        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().toList())
                .startsWith("30 10 thread", "java.lang.IllegalStateException: no item 3")
                .allSatisfy(line -> assertThat(line).doesNotContain("jasyncio", "$async$"));
        assertThat(run.out().lines().filter(line -> line.contains("at shop.")))
                .as("price, total, and main: %s", run.out())
                .hasSizeGreaterThanOrEqualTo(2);
        assertThat(Files.size(shrunk)).isLessThan(size(Jvm.location(Async.class)));
    }

    @Test
    void the_rules_lie_where_each_tool_looks_for_them() throws IOException {
        for (String place : List.of(
                RULES,
                "/META-INF/com.android.tools/proguard/jasyncio.pro",
                "/META-INF/com.android.tools/r8/jasyncio.pro")) {
            try (InputStream in = Async.class.getResourceAsStream(place)) {
                assertThat(in).as(place).isNotNull();
            }
        }
    }

    /** Rewritten. */
    private Path program() throws Exception {
        Path classes = Files.createDirectory(directory.resolve("classes"));
        Javac.compile(classes, "Orders", """
            package shop;

            import static io.github.jasyncio.Asyncio.*;
            import io.github.jasyncio.*;
            import java.time.Duration;
            import java.util.concurrent.CompletableFuture;

            public class Orders {
                @Async static Coroutine<Integer> price(int item) {
                    await(sleep(Duration.ofMillis(1)));
                    if (item > 2) { throw new IllegalStateException("no item " + item); }
                    return Coroutine.of(item * 10);
                }
                @Async static Coroutine<Integer> total(int from) {
                    Task<Integer> first = createTask(price(from));
                    return Coroutine.of(await(gather(price(from + 1))).get(0) + await(first));
                }
                @Async static CompletableFuture<Integer> eager() {
                    return CompletableFuture.completedFuture(await(price(1)));
                }
                @Async static Coroutine<Integer> viaEager() {
                    return Coroutine.of(await(eager()));
                }
                @Async static Coroutine<String> inThread() {
                    return Coroutine.of(await(toThread(() -> Thread.currentThread().getName().isEmpty() ? "" : "thread")));
                }
                public static void main(String[] arguments) {
                    System.out.println(run(total(1)) + " " + run(viaEager()) + " " + run(inThread()));
                    try {
                        run(total(2));
                    } catch (IllegalStateException e) {
                        e.printStackTrace(System.out);
                    }
                }
            }
            """);
        Jvm.run(JDK, List.of("-jar", Jvm.AGENT.toString(), "transform", classes.toString()));
        return classes;
    }

    private Jvm shrink(Path classes, Path shrunk, String... modules) throws Exception {
        Path rules = directory.resolve("rules.pro");
        ByteArrayOutputStream ours = new ByteArrayOutputStream();
        try (InputStream in = Async.class.getResourceAsStream(RULES)) {
            in.transferTo(ours);
        }
        Files.write(rules, ours.toByteArray());
        List<String> options = new ArrayList<>(List.of("-injars", classes.toString(), "-injars"));
        options.add(Jvm.location(Async.class) + "(!module-info.class,!META-INF/**)");
        options.addAll(List.of("-outjars", shrunk.toString()));
        for (String module : modules) {
            options.add("-libraryjars");
            options.add("<java.home>/jmods/" + module + ".jmod(!**.jar;!module-info.class)");
        }
        options.add("-include");
        options.add(rules.toString());
        options.add(KEEP_MAIN);
        Path configuration =
                Files.writeString(directory.resolve("program.pro"), String.join("\n", options), StandardCharsets.UTF_8);
        String libraries = Jvm.libraries();
        return Jvm.run(JDK, List.of("-cp", libraries, "proguard.ProGuard", "@" + configuration));
    }

    private static long size(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
