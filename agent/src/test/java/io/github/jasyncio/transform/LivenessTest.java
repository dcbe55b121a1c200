package io.github.jasyncio.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.transform.harness.ClassFiles;
import io.github.jasyncio.transform.harness.Construct;
import io.github.jasyncio.transform.harness.Program;
import io.github.jasyncio.transform.harness.SuspendedCoroutine;
import io.github.jasyncio.transform.harness.Target;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A suspended coroutine keeps alive what it still needs, and nothing else. */
class LivenessTest {

    /** The first collection nearly always does it. */
    private static final int COLLECTIONS = 20;

    private static final Target TARGET = Target.in(ClassFiles.ofPackage(MatrixTest.TARGETS + "java8")).stream()
            .filter(target -> target.toString().equals("LivenessTarget"))
            .findFirst()
            .orElseThrow();

    private static final Program PROGRAM = Program.rewritten(TARGET.classes());

    static Stream<Arguments> dead() {
        return constructs("dead_");
    }

    static Stream<Arguments> live() {
        return constructs("live_");
    }

    private static Stream<Arguments> constructs(String prefix) {
        return TARGET.constructs().stream()
                .filter(construct -> construct.methodName().startsWith(prefix))
                .flatMap(construct -> Stream.of(Arguments.of(construct, false), Arguments.of(construct, true)));
    }

    @ParameterizedTest(name = "{0}, started in place: {1}")
    @MethodSource("dead")
    void what_is_not_needed_any_more_is_not_kept(Construct construct, boolean inPlace) {
        SuspendedCoroutine coroutine = SuspendedCoroutine.atLastAwait(PROGRAM, construct, inPlace);

        for (int i = 0; i < COLLECTIONS && !kept(coroutine).isEmpty(); i++) {
            System.gc();
        }

        assertThat(kept(coroutine)).isEmpty();
        assertThat(coroutine.watched()).isNotEmpty();
        assertThat(coroutine).as("kept alive up to here").asString().contains("suspended");
    }

    @ParameterizedTest(name = "{0}, started in place: {1}")
    @MethodSource("live")
    void what_is_still_needed_is_kept(Construct construct, boolean inPlace) {
        SuspendedCoroutine coroutine = SuspendedCoroutine.atLastAwait(PROGRAM, construct, inPlace);

        System.gc();

        assertThat(kept(coroutine)).hasSameSizeAs(coroutine.watched()).isNotEmpty();
        assertThat(coroutine).as("kept alive up to here").asString().contains("suspended");
    }

    private static List<WeakReference<Object>> kept(SuspendedCoroutine coroutine) {
        return coroutine.watched().stream().filter(w -> !w.refersTo(null)).toList();
    }
}
