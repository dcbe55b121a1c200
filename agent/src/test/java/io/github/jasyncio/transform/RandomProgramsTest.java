package io.github.jasyncio.transform;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.transform.generator.RandomProgram;
import io.github.jasyncio.transform.harness.ClassFiles;
import io.github.jasyncio.transform.harness.Comparison;
import io.github.jasyncio.transform.harness.Compiler;
import io.github.jasyncio.transform.harness.Construct;
import io.github.jasyncio.transform.harness.Reshaping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random programs do what their twins do, under random schedules.
 *
 * <p>Each build runs the same few. Many others: {@code mvn -pl agent -am test -Dtest=RandomProgramsTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Djasyncio.random.programs=10000 -Djasyncio.random.seed=20260101}. A program that fails is kept in {@code agent/target/random-programs}; its seed
 * alone makes it again.
 */
class RandomProgramsTest {

    private static final int PROGRAMS = Integer.getInteger("jasyncio.random.programs", 50);
    private static final long FIRST_SEED = Long.getLong("jasyncio.random.seed", 0);
    private static final int BATCH = 10;
    private static final int SCHEDULES = 10;
    private static final Path KEPT = Path.of("target/random-programs");

    private static final List<Language> LANGUAGES = List.of(
            new Language(17, Compiler.javac("-nowarn", "--release", "17", "-g"), Reshaping.NONE),
            new Language(8, Compiler.javac("-nowarn", "--release", "8", "-g:none", "-Xlint:-options"), Reshaping.NONE),
            new Language(17, Compiler.javac("-nowarn", "--release", "17", "-XDstringConcat=inline"), Reshaping.NOPS),
            new Language(8, Compiler.ecj("-17", "-nowarn", "-g"), Reshaping.NONE),
            new Language(17, Compiler.javac("-nowarn", "--release", "17", "-g"), Reshaping.JUMPS_EVERYWHERE));

    /** The Java version of the sources, and how they become class files. */
    private record Language(int release, Compiler compiler, Reshaping reshaping) {}

    static Stream<Arguments> batches() {
        return LongStream.range(0, (PROGRAMS + BATCH - 1) / BATCH)
                .mapToObj(i -> Arguments.of(FIRST_SEED + i * BATCH, LANGUAGES.get((int) (i % LANGUAGES.size()))));
    }

    @ParameterizedTest(name = "seeds from {0}, {1}")
    @MethodSource("batches")
    void a_random_program_does_what_its_synchronous_twin_does(long seed, Language language) throws IOException {
        Map<String, RandomProgram> programs = new TreeMap<>();
        for (long s = seed; s < seed + BATCH; s++) {
            RandomProgram program = RandomProgram.of(s, language.release());
            programs.put(program.className(), program);
        }
        Map<RandomProgram, ClassFiles> compiled = compile(programs.values(), language.compiler());

        List<String> failures = new ArrayList<>();
        compiled.forEach(
                (program, classes) -> compare(program, language.reshaping().of(classes), seed, failures));

        assertThat(failures).isEmpty();
        assertThat(compiled.size()).as("programs that the compiler understands").isGreaterThan(BATCH / 2);
    }

    private static void compare(RandomProgram program, ClassFiles classes, long seed, List<String> failures) {
        try {
            Construct entry = new Construct(program.className(), RandomProgram.ENTRY);
            new Comparison(classes).underRandomSchedules(entry, seed, SCHEDULES);
            Comparison.throughGenerators(classes).underRandomSchedules(entry, seed, SCHEDULES);
        } catch (AssertionError | RuntimeException e) {
            failures.add(e + "\n    kept as " + keep(program));
        }
    }

    /** All programs but those that are beyond the compiler: on some it crashes, of some it makes invalid class files. */
    private static Map<RandomProgram, ClassFiles> compile(Collection<RandomProgram> programs, Compiler compiler) {
        Map<RandomProgram, ClassFiles> compiled = new LinkedHashMap<>();
        try {
            ClassFiles all =
                    compiler.compile(programs.stream().collect(toMap(RandomProgram::className, RandomProgram::source)));
            for (RandomProgram program : programs) {
                ClassFiles its = all.withNestedClassesOf(program.className());
                if (its.areValid()) {
                    compiled.put(program, its);
                }
            }
        } catch (Compiler.CrashException e) {
            if (programs.size() > 1) {
                programs.forEach(program -> compiled.putAll(compile(List.of(program), compiler)));
            }
        }
        return compiled;
    }

    private static Path keep(RandomProgram program) {
        try {
            Files.createDirectories(KEPT);
            return Files.writeString(KEPT.resolve(program.className() + ".java"), program.source());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
