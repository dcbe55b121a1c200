package io.github.jasyncio.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.transform.harness.BytecodeCheck;
import io.github.jasyncio.transform.harness.ClassFiles;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs of OTHER-LANGUAGES.md, as their compilers compile them, do what it says. */
class OtherLanguagesTest {

    private static final Path PAGE = Path.of("OTHER-LANGUAGES.md");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-Xlambdas=class -Xsam-conversions=class",
                "-jvm-default=disable",
                "-jvm-default=no-compatibility"
            })
    void kotlin(String options) throws Exception {
        List<String> arguments = new ArrayList<>(options.isEmpty() ? List.of() : List.of(options.split(" ")));
        arguments.addAll(List.of("-no-stdlib", "-no-reflect", "-jvm-target", "17", "-cp", classPath()));
        arguments.addAll(
                List.of("-d", directory.toString(), source("kotlin", "Shop.kt").toString()));
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        ExitCode exit = new K2JVMCompiler()
                .exec(new PrintStream(messages, true, StandardCharsets.UTF_8), arguments.toArray(String[]::new));
        assertThat(exit).as(messages.toString(StandardCharsets.UTF_8)).isEqualTo(ExitCode.OK);

        assertThat(run("shop.ShopKt")).isEqualTo(expected("kotlin"));
    }

    @Test
    void groovy() throws Exception {
        org.codehaus.groovy.tools.FileSystemCompiler.commandLineCompile(new String[] {
            "-cp",
            classPath(),
            "-d",
            directory.toString(),
            source("groovy", "Shop.groovy").toString()
        });

        assertThat(run("shop.Shop")).isEqualTo(expected("groovy"));
    }

    @Test
    void scala() throws Exception {
        var reporter = dotty.tools.dotc.Main.process(new String[] {
            "-classpath",
            classPath(),
            "-d",
            directory.toString(),
            source("scala", "Shop.scala").toString()
        });
        assertThat(reporter.hasErrors()).isFalse();

        assertThat(run("shop.Shop")).isEqualTo(expected("scala"));
    }

    private static String classPath() {
        return System.getProperty("java.class.path")
                + File.pathSeparator
                + Path.of(Async.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath());
    }

    private Path source(String language, String file) throws IOException {
        return Files.writeString(directory.resolve(file), block(language, language));
    }

    private static String expected(String language) throws IOException {
        return block(language, "text");
    }

    /** The first block of a kind behind the first program in a language. */
    private static String block(String language, String kind) throws IOException {
        String page = Files.readString(PAGE);
        Matcher block =
                Pattern.compile("```" + kind + "\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(block.find(page.indexOf("```" + language))).isTrue();
        return block.group(1);
    }

    private String run(String main) throws ReflectiveOperationException {
        ClassFiles compiled = ClassFiles.in(directory, "");
        Map<String, byte[]> rewritten = new LinkedHashMap<>();
        for (String name : compiled.names()) {
            Result result = Transformer.transform(Objects.requireNonNull(compiled.bytes(name)));
            assertThat(result.diagnostics()).isEmpty();
            BytecodeCheck.check(result, compiled);
            rewritten.put(name, result.classFile());
            result.frameClasses().forEach(frame -> rewritten.put(frame.className(), frame.classFile()));
        }
        Method entry = new ClassFiles(rewritten).loader().loadClass(main).getMethod("main", String[].class);
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            // Scala keeps the stream that it found in the beginning.
            scala.Console.withOut(System.out, () -> {
                try {
                    return entry.invoke(null, (Object) new String[0]);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            });
        } finally {
            System.setOut(out);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
