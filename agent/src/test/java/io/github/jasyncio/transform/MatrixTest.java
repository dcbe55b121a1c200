package io.github.jasyncio.transform;

import io.github.jasyncio.transform.harness.ClassFiles;
import io.github.jasyncio.transform.harness.Comparison;
import io.github.jasyncio.transform.harness.Construct;
import io.github.jasyncio.transform.harness.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every construct of the language with awaits in it, under every schedule.
 *
 * <p>A construct is a method of one of the {@code ...Target} classes: add one there, and it is run.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MatrixTest {

    static final String TARGETS = MatrixTest.class.getPackageName() + ".targets.";

    private final Map<String, Comparison> comparisons = new HashMap<>();
    private final Map<String, Comparison> throughGenerators = new HashMap<>();

    private static List<Target> targets() {
        return Stream.of("java8", "java17")
                .flatMap(p -> Target.in(ClassFiles.ofPackage(TARGETS + p)).stream())
                .toList();
    }

    static Stream<Construct> constructs() {
        return targets().stream().flatMap(target -> target.constructs().stream());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("constructs")
    void a_rewritten_method_does_what_its_synchronous_twin_does(Construct construct) {
        comparisons
                .computeIfAbsent(construct.className(), name -> new Comparison(classes(name)))
                .underAllSchedules(construct);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("constructs")
    void so_it_does_where_its_code_is_that_of_an_async_generator(Construct construct) {
        throughGenerators
                .computeIfAbsent(construct.className(), name -> Comparison.throughGenerators(classes(name)))
                .underAllSchedules(construct);
    }

    private static ClassFiles classes(String className) {
        return targets().stream()
                .filter(target -> target.name().equals(className))
                .map(Target::classes)
                .findFirst()
                .orElseThrow();
    }
}
