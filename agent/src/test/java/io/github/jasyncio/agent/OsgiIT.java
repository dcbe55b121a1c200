package io.github.jasyncio.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.agent.files.ClassDirectory;
import io.github.jasyncio.agent.files.Rewriting;
import io.github.jasyncio.fixtures.Jdks;
import io.github.jasyncio.programs.InOsgi;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A bundle that imports {@code io.github.jasyncio} and nothing else of ours, however it is rewritten. */
class OsgiIT {

    private static final Path CORE = Jvm.location(Async.class);

    @TempDir
    private Path directory;

    private Path classes;

    static Stream<Named<Path>> jdks() {
        return Jdks.all();
    }

    /** By the names of their jars, because others have copies of their classes. */
    private static List<Path> frameworks() {
        List<Path> frameworks = Stream.of(Jvm.libraries().split(File.pathSeparator))
                .map(Path::of)
                .filter(jar -> Stream.of("org.apache.felix.framework-", "org.eclipse.osgi-")
                        .anyMatch(jar.getFileName().toString()::startsWith))
                .toList();
        assertThat(frameworks).hasSize(2);
        return frameworks;
    }

    @BeforeEach
    void compile() throws IOException {
        classes = Files.createDirectory(directory.resolve("classes"));
        Javac.shop(
                classes,
                "Orders",
                "public class Orders { @Async static Coroutine<Integer> price(int n) { await(io.github.jasyncio.Asyncio.sleep(java.time.Duration.ZERO));"
                        + " return Coroutine.of(n * 10); }"
                        + " public static void main(String[] arguments) { System.out.println(io.github.jasyncio.Asyncio.run(price(3))); } }");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void it_runs_under_the_agent(Path jdk) throws Exception {
        for (Path framework : frameworks()) {
            Jvm run = run(jdk, framework, List.of("-javaagent:" + Jvm.AGENT));

            assertThat(run.out()).as("%s: %s", framework, run.err()).isEqualTo("30\n");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void it_runs_if_it_was_rewritten_behind_the_tool_that_wrote_its_manifest(Path jdk) throws Exception {
        new ClassDirectory(classes).transform(new Rewriting(ClassFilter.ALL, false));

        for (Path framework : frameworks()) {
            Jvm run = run(jdk, framework, List.of());

            assertThat(run.out()).as("%s: %s", framework, run.err()).isEqualTo("30\n");
        }
    }

    @Test
    void the_runtime_asks_only_for_what_every_framework_has() throws IOException {
        try (JarFile core = new JarFile(CORE.toFile())) {
            Attributes manifest = core.getManifest().getMainAttributes();

            assertThat(manifest.getValue("Bundle-SymbolicName")).isEqualTo("io.github.jasyncio.core");
            assertThat(manifest.getValue("Import-Package").replaceAll(";version=\"[^\"]*\"", ""))
                    .isEqualTo("javax.management;resolution:=optional,jdk.jfr;resolution:=optional,"
                            + "sun.misc;resolution:=optional,org.osgi.framework,org.osgi.framework.hooks.weaving");
        }
    }

    private Jvm run(Path jdk, Path framework, List<String> options) throws IOException, InterruptedException {
        Path storage = Files.createTempDirectory(directory, "storage");
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("-cp", Jvm.location(InOsgi.class) + File.pathSeparator + framework));
        arguments.add(InOsgi.class.getName());
        arguments.addAll(List.of(storage.toString(), CORE.toString(), bundle().toString(), "shop.Orders"));
        return Jvm.run(jdk, arguments);
    }

    private Path bundle() throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue("Bundle-SymbolicName", "shop");
        attributes.putValue("Import-Package", "io.github.jasyncio");
        Path bundle = Files.createTempFile(directory, "shop", ".jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(bundle), manifest);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, jar);
            }
        }
        return bundle;
    }
}
