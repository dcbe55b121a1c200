package io.github.jasyncio.samples.fetch;

import io.github.jasyncio.fixtures.Jdks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/**
 * A way to run the program.
 *
 * @param jdk the home of the JDK
 * @param isUnderAgent true for the classes as javac made them, under the agent; false for those rewritten at build time, without it
 */
record Setting(Path jdk, boolean isUnderAgent) {

    /** What the build made: the program's jars, and in {@code lib} those that they need. */
    private static final Path DIRECTORY = Path.of(System.getProperty("fetch.directory"));

    /** For {@code @MethodSource}: both ways on all JDKs that there are. */
    static Stream<Setting> all() {
        return Jdks.all()
                .map(Named::getPayload)
                .flatMap(jdk -> Stream.of(new Setting(jdk, true), new Setting(jdk, false)));
    }

    /** The way that the README shows first. */
    static Setting usual() {
        return new Setting(Path.of(System.getProperty("java.home")), true);
    }

    /** The command that runs the program so. */
    List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(jdk.resolve("bin").resolve("java").toString());
        if (isUnderAgent) {
            command.add("-javaagent:" + DIRECTORY.resolve("lib").resolve("jasyncio-agent.jar"));
        }
        command.add("-jar");
        command.add(jar().toString());
        command.addAll(arguments);
        return command;
    }

    Path jar() {
        return DIRECTORY.resolve(isUnderAgent ? "fetch.jar" : "fetch-rewritten.jar");
    }

    @Override
    public String toString() {
        return jdk.getFileName() + (isUnderAgent ? ", under the agent" : ", rewritten at build time");
    }
}
