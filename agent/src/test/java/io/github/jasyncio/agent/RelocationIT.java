package io.github.jasyncio.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.fixtures.Jdks;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** A runtime that was given another package, for a jar that has all in it. */
class RelocationIT {

    private static final Path CORE = Jvm.location(Async.class);

    @TempDir
    private Path directory;

    private Path classes;
    private Path relocated;

    static Stream<Named<Path>> jdks() {
        return Jdks.all();
    }

    @BeforeEach
    void compile() throws IOException {
        classes = Files.createDirectory(directory.resolve("classes"));
        relocated = Files.createDirectory(directory.resolve("relocated"));
        Javac.compile(classes, "Orders", """
                package shop;

                import static io.github.jasyncio.Asyncio.*;
                import io.github.jasyncio.*;
                import java.lang.management.ManagementFactory;
                import java.time.Duration;
                import javax.management.ObjectName;

                public class Orders {
                    @Async static Coroutine<Integer> price(int item) {
                        await(sleep(Duration.ZERO));
                        if (item > 1) { throw new IllegalStateException("no item " + item); }
                        return Coroutine.of(item * 10);
                    }
                    @Async static Coroutine<Integer> total() {
                        Task<Integer> first = createTask(price(1));
                        return Coroutine.of(await(first) + await(gather(price(2))).get(0));
                    }
                    @Async static java.util.concurrent.CompletableFuture<Integer> eager() {
                        return java.util.concurrent.CompletableFuture.completedFuture(await(price(1)));
                    }
                    @Async static Coroutine<Void> program() throws Exception {
                        System.out.println("eager " + await(eager()));
                        System.out.println(ManagementFactory.getPlatformMBeanServer().queryNames(new ObjectName(String.join(".", "io", "github", "jasyncio") + ":type=EventLoops,*"), null));
                        await(total());
                        return Coroutine.done();
                    }
                    public static void main(String[] arguments) throws Exception {
                        try {
                            run(program());
                        } catch (IllegalStateException e) {
                            e.printStackTrace(System.out);
                        }
                    }
                }
                """);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void what_is_rewritten_first_and_relocated_then_is_the_same_program(Path jdk) throws Exception {
        assertThat(transform(classes)).isEqualTo(new Jvm(0, "", ""));
        Relocation.relocate(classes, relocated);
        Relocation.relocate(CORE, relocated);

        Jvm before = run(jdk, classes + File.pathSeparator + CORE);
        Jvm after = run(jdk, relocated.toString());

        assertThat(after).isEqualTo(before);
        assertThat(after.exitCode()).isZero();
        assertThat(after.err()).isEmpty();
        assertThat(after.out()
                        .lines()
                        .map(line -> line.replaceAll("Orders.java:\\d+", "Orders.java:N"))
                        .toList())
                .containsExactly(
                        "eager 10",
                        "[io.github.jasyncio:type=EventLoops]",
                        "java.lang.IllegalStateException: no item 2",
                        "\tat shop.Orders.price(Orders.java:N)",
                        "\tat shop.Orders.total(Orders.java:N)",
                        "\tat shop.Orders.program(Orders.java:N)",
                        "\tat shop.Orders.main(Orders.java:N)");
    }

    @Test
    void what_is_relocated_first_is_refused_with_the_right_order() throws Exception {
        Relocation.relocate(classes, relocated);
        Relocation.relocate(CORE, relocated);

        Jvm run = transform(relocated);

        assertThat(run)
                .isEqualTo(new Jvm(
                        1,
                        "",
                        "error: shop.Orders awaits by means of shop.shaded.jasyncio.Asyncio: jasyncio was given another name"
                                + " (relocated) before the async methods were rewritten, which are not recognised any more. Rewrite first, then relocate:"
                                + " the other order works\n"));
    }

    @Test
    void its_agent_and_its_first_await_say_so_too() throws Exception {
        Relocation.relocate(classes, relocated);
        Relocation.relocate(CORE, relocated);

        Jvm run = Jvm.run(
                Path.of(System.getProperty("java.home")),
                List.of("-javaagent:" + Jvm.AGENT, "-cp", relocated.toString(), "shop.Orders"));

        assertThat(run.err()).contains("SEVERE: shop.Orders awaits by means of shop.shaded.jasyncio.Asyncio");
        assertThat(run.out())
                .contains("await was called, but the class shop.Orders was not rewritten")
                .contains("This program has jasyncio under another name, shop.shaded.jasyncio.");
    }

    @Test
    void a_relocated_program_is_not_refused_when_it_was_rewritten() throws Exception {
        transform(classes);
        Relocation.relocate(classes, relocated);
        Relocation.relocate(CORE, relocated);

        Jvm run = transform(relocated);

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).doesNotContain("error");
    }

    /** A switch over strings goes by their hashes, which relocating tools leave as they are while they change the strings. */
    @Test
    void core_switches_over_no_text_that_is_relocated() throws IOException {
        if (Files.isDirectory(CORE)) {
            checkSwitches(CORE);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(CORE)) {
                checkSwitches(jar.getPath("/"));
            }
        }
    }

    private static void checkSwitches(Path classes) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(classes)) {
            files = walk.filter(file -> file.toString().endsWith(".class")).toList();
        }
        assertThat(files).hasSizeGreaterThan(100);
        for (Path file : files) {
            ClassNode node = new ClassNode();
            new ClassReader(Files.readAllBytes(file)).accept(node, 0);
            for (MethodNode method : node.methods) {
                assertThat(hashesText(method) && namesUs(method))
                        .as(node.name + "." + method.name)
                        .isFalse();
            }
        }
    }

    private static boolean hashesText(MethodNode method) {
        return Stream.of(method.instructions.toArray())
                .anyMatch(instruction -> instruction instanceof MethodInsnNode call
                        && call.owner.equals("java/lang/String")
                        && call.name.equals("hashCode")
                        && instruction.getNext() != null
                        && instruction.getNext().getOpcode() == Opcodes.LOOKUPSWITCH);
    }

    private static boolean namesUs(MethodNode method) {
        return Stream.of(method.instructions.toArray())
                .anyMatch(instruction -> instruction instanceof org.objectweb.asm.tree.LdcInsnNode constant
                        && constant.cst instanceof String text
                        && text.replace('.', '/').startsWith(Relocation.FROM));
    }

    private static Jvm transform(Path classes) throws Exception {
        return Jvm.run(
                Path.of(System.getProperty("java.home")),
                List.of("-jar", Jvm.AGENT.toString(), "transform", classes.toString()));
    }

    private static Jvm run(Path jdk, String classPath) throws Exception {
        return Jvm.run(jdk, List.of("-Djasyncio.jmx=true", "-cp", classPath, "shop.Orders"));
    }
}
