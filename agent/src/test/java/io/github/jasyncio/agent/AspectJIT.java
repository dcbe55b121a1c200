package io.github.jasyncio.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.fixtures.Jdks;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** AspectJ beside us: it moves the code of a method, around which advice stands, to another method. */
class AspectJIT {

    private static final Path JDK = Path.of(System.getProperty("java.home"));
    private static final Path WEAVER = Jvm.location(org.aspectj.weaver.loadtime.Agent.class);
    private static final String OURS = "-javaagent:" + Jvm.AGENT;
    private static final String THEIRS = "-javaagent:" + WEAVER;

    /** Of advice around: when an async method is called and has given its coroutine, of which nothing has run yet. */
    private static final String OUTPUT = """
        before total
        behind total
        before price
        behind price
        runs 1
        before price
        behind price
        runs 2
        total 30
        before eager
        before price
        behind price
        runs 3
        behind eager
        eager 30
        before price
        behind price
        runs 4
        java.lang.IllegalStateException: no item 4
        """;

    @TempDir
    private Path directory;

    private Path classes;

    static Stream<Named<Path>> jdks() {
        return Jdks.all();
    }

    @BeforeEach
    void compile() throws IOException {
        classes = Files.createDirectories(directory.resolve("classes"));
        String orders = """
            package shop;

            import static io.github.jasyncio.Asyncio.*;
            import io.github.jasyncio.*;
            import java.time.Duration;
            import java.util.concurrent.CompletableFuture;

            public class Orders {
                @Async Coroutine<Integer> price(int item) {
                    System.out.println("runs " + item);
                    await(sleep(Duration.ZERO));
                    if (item > 3) { throw new IllegalStateException("no item " + item); }
                    return Coroutine.of(item * 10);
                }
                @Async Coroutine<Integer> price(int item, int more) { return Coroutine.of(await(price(item)) + more); }
                @Async static Coroutine<Integer> total() {
                    Orders orders = new Orders();
                    return Coroutine.of(await(orders.price(1)) + await(orders.price(2)));
                }
                @Async static CompletableFuture<Integer> eager() {
                    return CompletableFuture.completedFuture(await(new Orders().price(3)));
                }
                public static void main(String[] arguments) {
                    System.out.println("total " + run(total()));
                    System.out.println("eager " + eager().join());
                    try {
                        run(new Orders().price(4));
                    } catch (IllegalStateException e) {
                        System.out.println(e);
                    }
                }
            }
            """;
        String watch = """
            package shop;

            import org.aspectj.lang.ProceedingJoinPoint;
            import org.aspectj.lang.annotation.Around;
            import org.aspectj.lang.annotation.Aspect;

            @Aspect
            public class Watch {
                @Around("execution(* shop.Orders.price(..)) || execution(* shop.Orders.total()) || execution(* shop.Orders.eager())")
                public Object around(ProceedingJoinPoint point) throws Throwable {
                    System.out.println("before " + point.getSignature().getName());
                    Object result = point.proceed();
                    System.out.println("behind " + point.getSignature().getName());
                    return result;
                }
            }
            """;
        Javac.compile(classes, WEAVER, Map.of("Orders", orders, "Watch", watch));
        Files.createDirectory(classes.resolve("META-INF"));
        Files.writeString(
                classes.resolve("META-INF/aop.xml"),
                "<aspectj><weaver><include within='shop..*'/></weaver><aspects><aspect"
                        + " name='shop.Watch'/></aspects></aspectj>");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void advice_is_woven_at_load_time_whatever_the_order_of_the_agents(Path jdk) throws Exception {
        for (List<String> order : List.of(List.of(OURS, THEIRS), List.of(THEIRS, OURS))) {
            assertThat(run(jdk, order, classes)).as("%s", order).isEqualTo(new Jvm(0, OUTPUT, ""));
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void what_was_rewritten_when_it_was_built_may_be_woven_at_load_time(Path jdk) throws Exception {
        rewrite(classes);

        assertThat(run(jdk, List.of(THEIRS), classes)).isEqualTo(new Jvm(0, OUTPUT, ""));
    }

    @Test
    void a_build_may_rewrite_first_and_weave_then() throws Exception {
        rewrite(classes);
        Path woven = weave(classes);

        assertThat(run(JDK, List.of(), woven)).isEqualTo(new Jvm(0, OUTPUT, ""));
    }

    @Test
    void a_build_may_weave_first_and_rewrite_then() throws Exception {
        Path woven = weave(classes);
        rewrite(woven);

        assertThat(run(JDK, List.of(), woven)).isEqualTo(new Jvm(0, OUTPUT, ""));
    }

    private static Jvm run(Path jdk, List<String> agents, Path classes) throws Exception {
        List<String> arguments = new ArrayList<>(agents);
        // how the weaver defines its classes
        arguments.addAll(List.of("--add-opens", "java.base/java.lang=ALL-UNNAMED", "-XX:-PrintWarnings"));
        arguments.addAll(
                List.of("-cp", classes + File.pathSeparator + Jvm.location(Async.class) + File.pathSeparator + WEAVER));
        arguments.add("shop.Orders");
        Jvm run = Jvm.run(jdk, arguments);
        // what newer JDKs say of the weaver
        String err = run.err()
                .lines()
                .filter(line -> !line.contains("sun.misc.Unsafe") && !line.contains("aspectj.weaver"))
                .collect(Collectors.joining("\n"));
        return new Jvm(run.exitCode(), run.out(), err);
    }

    private static void rewrite(Path classes) throws Exception {
        assertThat(Jvm.run(JDK, List.of("-jar", Jvm.AGENT.toString(), "transform", classes.toString())))
                .isEqualTo(new Jvm(0, "", ""));
    }

    private Path weave(Path classes) throws Exception {
        Path woven = directory.resolve("woven");
        String libraries = Jvm.location(Async.class) + File.pathSeparator + WEAVER;
        Jvm ajc = Jvm.run(
                JDK,
                List.of(
                        "-cp",
                        Jvm.location(org.aspectj.tools.ajc.Main.class).toString(),
                        "org.aspectj.tools.ajc.Main",
                        "-inpath",
                        classes.toString(),
                        "-aspectpath",
                        classes.toString(),
                        "-classpath",
                        libraries,
                        "-Xlint:ignore",
                        "-source",
                        "17",
                        "-target",
                        "17",
                        "-d",
                        woven.toString()));
        assertThat(ajc.exitCode()).as(ajc.out() + ajc.err()).isZero();
        return woven;
    }
}
