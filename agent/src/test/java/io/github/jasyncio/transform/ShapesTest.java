package io.github.jasyncio.transform;

import io.github.jasyncio.transform.harness.ClassFiles;
import io.github.jasyncio.transform.harness.Reshaping;
import io.github.jasyncio.transform.harness.Target;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The matrix again, in bytecode that no javac writes. */
class ShapesTest {

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void constructs_do_what_their_twins_do(Reshaping reshaping) {
        Stream.of("java8", "java17")
                .flatMap(p -> Target.in(ClassFiles.ofPackage(MatrixTest.TARGETS + p)).stream())
                .forEach(target -> new Target(target.name(), reshaping.of(target.classes())).compare());
    }
}
