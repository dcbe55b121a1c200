package io.github.jasyncio.transform;

import io.github.jasyncio.transform.harness.Compiler;
import io.github.jasyncio.transform.harness.Target;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The matrix again, as other compilers and other options of them compile it: code shapes, frames and debug information differ. */
class CompilersTest {

    static Stream<Arguments> compilers() {
        return Stream.of(
                Arguments.of(Compiler.javac("--release", "8", "-g", "-Xlint:-options"), "java8"),
                Arguments.of(Compiler.javac("--release", "8", "-g:none", "-Xlint:-options"), "java8"),
                Arguments.of(Compiler.javac("--release", "11", "-g:none"), "java8"),
                Arguments.of(Compiler.javac("--release", "17", "-g", "-parameters"), "java17"),
                Arguments.of(Compiler.javac("--release", "17", "-g:none"), "java17"),
                Arguments.of(Compiler.javac("--release", "17", "-XDstringConcat=inline"), "java8"),
                Arguments.of(Compiler.javac("--release", "17", "-XDstringConcat=inline", "-g:none"), "java17"),
                Arguments.of(Compiler.javac("--release", "17", "-XDstringConcat=indy"), "java8"));
    }

    @ParameterizedTest(name = "{0}, constructs of {1}")
    @MethodSource("compilers")
    void constructs_do_what_their_twins_do(Compiler compiler, String targets) {
        Target.in(compiler.compilePackage(MatrixTest.TARGETS + targets)).forEach(Target::compare);
    }
}
