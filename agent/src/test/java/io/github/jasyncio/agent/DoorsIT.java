package io.github.jasyncio.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.fixtures.Jdks;
import io.github.jasyncio.programs.Recording;
import io.github.jasyncio.transform.FrameClass;
import io.github.jasyncio.transform.Result;
import io.github.jasyncio.transform.Transformer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whichever way a class is rewritten, on whichever JDK, its bytes are the same. The Maven plugin is held to the command line by a test of its own. */
class DoorsIT {

    private static final Path ORDERS = Path.of("shop", "Orders.class");

    @TempDir
    private Path directory;

    private Result expected;

    static Stream<Named<Path>> jdks() {
        return Jdks.all();
    }

    @BeforeEach
    void compile() throws Exception {
        Javac.shop(Files.createDirectory(directory.resolve("classes")), "Orders", """
                public class Orders {
                    @Async Coroutine<String> fetch(String s, int n) {
                        try {
                            return Coroutine.of(s + await(fetch(s, n - 1)) + n);
                        } finally {
                            await(fetch(s, n));
                        }
                    }
                    @Async io.github.jasyncio.AsyncGenerator<String> all(int n) {
                        for (int i = 0; i < n; i++) {
                            io.github.jasyncio.Asyncio.emit(await(fetch("", i)));
                        }
                        return io.github.jasyncio.AsyncGenerator.done();
                    }
                }
                """);
        expected = Transformer.transform(
                Files.readAllBytes(directory.resolve("classes").resolve(ORDERS)));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void the_command_line_writes_the_bytes_that_the_transformer_makes(Path jdk) throws Exception {
        Path out = directory.resolve("written");

        Jvm run = Jvm.run(
                jdk, List.of("-jar", Jvm.AGENT.toString(), "transform", "-d", out.toString(), directory + "/classes"));

        assertThat(run).isEqualTo(new Jvm(0, "", ""));
        assertThat(out.resolve(ORDERS)).hasBinaryContent(expected.classFile());
        assertThat(expected.frameClasses()).hasSize(2);
        for (FrameClass frame : expected.frameClasses()) {
            assertThat(out.resolve(frame.internalName() + ".class")).hasBinaryContent(frame.classFile());
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void the_agent_loads_them(Path jdk) throws Exception {
        Path recorded = directory.resolve("recorded");
        String classPath = String.join(
                File.pathSeparator,
                directory + "/classes",
                Jvm.location(Recording.class).toString(),
                Jvm.location(Async.class).toString());

        Jvm run = Jvm.run(
                jdk,
                List.of(
                        "-javaagent:" + Jvm.AGENT,
                        "-javaagent:" + recorder() + "=" + recorded,
                        "-cp",
                        classPath,
                        Recording.class.getName()));

        assertThat(run).isEqualTo(new Jvm(0, "shop.Orders\n", ""));
        assertThat(recorded.resolve(ORDERS)).hasBinaryContent(expected.classFile());
    }

    private Path recorder() throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", Recording.class.getName());
        // What can retransform sees classes last, and ours goes behind all others.
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        Path jar = directory.resolve("recorder.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }
}
