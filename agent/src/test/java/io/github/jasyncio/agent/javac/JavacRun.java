package io.github.jasyncio.agent.javac;

import io.github.jasyncio.Async;
import io.github.jasyncio.agent.Jvm;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * What javac said, run in this process as build tools run it.
 *
 * @param succeeded true if there was no error
 * @param output all its messages, without the directory of the sources
 */
record JavacRun(boolean succeeded, String output) {

    /** What makes javac use the plugin, as users get it. */
    static List<String> plugin(String... arguments) {
        return List.of(
                "-processorpath", Jvm.AGENT.toString(), ("-Xplugin:jasyncio " + String.join(" ", arguments)).strip());
    }

    /** Compiles all sources below a directory. */
    static JavacRun of(Path sources, List<String> options) throws IOException {
        return of(sources, options, files -> files);
    }

    /** The same, with a file manager of one's own around the usual one. */
    static JavacRun of(Path sources, List<String> options, UnaryOperator<JavaFileManager> around) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> all = new ArrayList<>(List.of("-g", "-cp", core()));
        all.addAll(options);
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> walk = Files.walk(sources)) {
            Path[] inputs = walk.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toArray(Path[]::new);
            boolean succeeded = compiler.getTask(
                            messages, around.apply(files), null, all, null, files.getJavaFileObjects(inputs))
                    .call();
            return new JavacRun(succeeded, messages.toString().replace(sources + "/", ""));
        }
    }

    /** What programs need on their class path. */
    static String core() {
        return Jvm.location(Async.class).toString();
    }
}
