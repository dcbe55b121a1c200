package io.github.jasyncio.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.fixtures.Jdks;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What README.md shows does what README.md says. */
class ReadmeIT {

    @TempDir
    private Path classes;

    static Stream<Named<Path>> jdks() {
        return Jdks.all();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void the_example_prints_what_the_text_behind_it_says(Path jdk) throws Exception {
        String readme = Files.readString(Path.of("..", "README.md"));
        String example = readme.split("```", -1)[1];
        assertThat(example).startsWith("java\n");
        Javac.compile(classes, "Hello", example.substring("java\n".length()));
        String classPath = classes + File.pathSeparator + Jvm.location(Async.class);

        Jvm run = Jvm.run(jdk, List.of("-javaagent:" + Jvm.AGENT, "-cp", classPath, "Hello"));

        assertThat(run).isEqualTo(new Jvm(0, "5\ntoo slow\n", ""));
        assertThat(readme).contains("this prints `5` after one second, and then `too slow`");
    }
}
