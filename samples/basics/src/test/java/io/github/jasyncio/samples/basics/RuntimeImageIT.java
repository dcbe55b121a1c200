package io.github.jasyncio.samples.basics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is rewritten when it is built needs nothing at run time but the runtime's modules and {@code java.base}. */
class RuntimeImageIT {

    private static final Path JDK = Path.of(System.getProperty("java.home"));
    private static final Path TARGET = Path.of(System.getProperty("basics.directory", "only in integration tests"));

    @TempDir
    private Path directory;

    @Test
    void an_image_made_by_jlink_runs_the_programs() throws Exception {
        assumeTrue(Files.isDirectory(JDK.resolve("jmods")), "this JDK has no jmods directory, which jlink wants");
        Path image = directory.resolve("image");
        String java = image.resolve("bin").resolve("java").toString();

        String linked = run(
                JDK.resolve("bin").resolve("jlink").toString(),
                "--module-path",
                TARGET.resolve("basics.jar") + File.pathSeparator + TARGET.resolve("lib"),
                "--add-modules",
                "io.github.jasyncio.samples.basics",
                "--output",
                image.toString());
        String modules = run(java, "--list-modules");
        String printed = run(java, "-m", "io.github.jasyncio.samples.basics/" + Basics.class.getName(), "shield");

        assertThat(linked).isEmpty();
        assertThat(modules.replaceAll("@.*", "").lines())
                .containsExactly(
                        "io.github.jasyncio",
                        "io.github.jasyncio.core",
                        "io.github.jasyncio.samples.basics",
                        "java.base");
        try (InputStream expected = RuntimeImageIT.class.getResourceAsStream("Shielding.txt")) {
            assertThat(expected).isNotNull();
            assertThat(printed).isEqualTo(new String(expected.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private String run(String... command) throws IOException, InterruptedException {
        Path output = directory.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(List.of(command));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().remove("JDK_JAVA_OPTIONS");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("hangs: " + String.join(" ", command));
        }
        String text = Files.readString(output);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
