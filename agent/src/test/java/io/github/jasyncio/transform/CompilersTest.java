package io.github.jasyncio.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.jasyncio.fixtures.Jdks;
import io.github.jasyncio.transform.harness.Compiler;
import io.github.jasyncio.transform.harness.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The matrix again, as other compilers and other options of them compile it: code shapes, frames and debug information differ. */
class CompilersTest {

    static Stream<Arguments> compilers() {
        return Stream.of(
                Arguments.of("java8", Compiler.javac("--release", "8", "-g", "-Xlint:-options")),
                Arguments.of("java8", Compiler.javac("--release", "11", "-g:none")),
                Arguments.of("java8", Compiler.javac("--release", "17", "-g", "-XDstringConcat=inline")),
                Arguments.of("java17", Compiler.javac("--release", "17", "-g:none", "-XDstringConcat=indy")),
                Arguments.of("java8", Compiler.ecj("-source", "8", "-target", "8", "-g", "-nowarn")),
                Arguments.of("java8", Compiler.ecj("-17", "-g:none", "-nowarn", "-preserveAllLocals")),
                Arguments.of("java17", Compiler.ecj("-17", "-g", "-nowarn")));
    }

    @ParameterizedTest(name = "constructs of {0}, {1}")
    @MethodSource("compilers")
    void constructs_do_what_their_twins_do(String targets, Compiler compiler) {
        List<Target> compiled = Target.in(compiler.compilePackage(MatrixTest.TARGETS + targets));
        List<Target> valid =
                compiled.stream().filter(t -> t.classes().areValid()).toList();

        valid.forEach(Target::compare);

        // The Eclipse compiler writes one class that the virtual machine refuses.
        assertThat(valid).hasSizeGreaterThanOrEqualTo(compiled.size() - 1);
    }

    @Test
    void constructs_do_what_their_twins_do_on_the_newest_jdk() throws IOException, InterruptedException {
        Optional<Path> jdk = Jdks.jdk25();
        assumeThat(jdk).isPresent();

        Process process = new ProcessBuilder(
                        jdk.orElseThrow().resolve("bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        NewestJavaMain.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("the constructs of java25");
    }
}
