package io.github.jasyncio.agent.javac;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A program that compiles the sources below its first argument into a file manager that annotation processors cannot read, and prints what is there. */
final class CompilingInMemory {

    private CompilingInMemory() {}

    public static void main(String[] arguments) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = Arrays.asList(arguments).subList(1, arguments.length);
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                MemoryFiles memory = new MemoryFiles(files, false);
                Stream<Path> walk = Files.walk(Path.of(arguments[0]))) {
            Path[] inputs = walk.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toArray(Path[]::new);
            compiler.getTask(messages, memory, null, options, null, files.getJavaFileObjects(inputs))
                    .call();
            System.out.print(messages);
            memory.contents().keySet().forEach(System.out::println);
        }
    }
}
