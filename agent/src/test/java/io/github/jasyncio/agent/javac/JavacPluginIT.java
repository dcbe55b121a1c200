package io.github.jasyncio.agent.javac;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.agent.ClassFilter;
import io.github.jasyncio.agent.Jvm;
import io.github.jasyncio.agent.files.ClassDirectory;
import io.github.jasyncio.agent.files.ClassPath;
import io.github.jasyncio.agent.files.Rewriting;
import io.github.jasyncio.fixtures.Jdks;
import io.github.jasyncio.transform.BlockingCalls;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The plugin as users get it, in real compilations. */
class JavacPluginIT {

    @TempDir
    private Path directory;

    private Path sources;
    private Path classes;

    static Stream<Named<Path>> jdks() {
        return Jdks.all();
    }

    @BeforeEach
    void makeDirectories() throws IOException {
        sources = Files.createDirectory(directory.resolve("sources"));
        classes = Files.createDirectory(directory.resolve("classes"));
    }

    // ------------------------------------------------------------------------------------------------ classes

    @ParameterizedTest
    @MethodSource("jdks")
    void javac_writes_rewritten_classes_and_says_nothing(Path jdk) throws Exception {
        orders();

        Jvm compilation = javac(jdk, classes, with("-Xlint:all,-processing", "-Werror"));
        Jvm program = Jvm.run(jdk, List.of("-cp", classes + File.pathSeparator + JavacRun.core(), "shop.Orders"));

        assertThat(compilation).isEqualTo(new Jvm(0, "", ""));
        assertThat(program).isEqualTo(new Jvm(0, "23\n", ""));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void misuse_fails_javac_and_leaves_nothing_behind(Path jdk) throws Exception {
        ShopSources.write(sources, "MoreMistakes", ShopSources.MORE_MISTAKES);

        Jvm compilation = javac(jdk, classes, with());

        String expected = """
                shop/MoreMistakes.java:8: error: await outside an async method
                    Object anonymous = new Object() { int get() { return await(Coroutine.of(2)); } };
                                                                         ^
                      Make the method @Async and let it return a Coroutine; or a CompletableFuture, if who calls it knows nothing of coroutines.
                1 error
                """;
        assertThat(compilation.exitCode()).isEqualTo(1);
        assertThat(compilation.err().replace(sources + "/", "")).isEqualTo(expected);
        assertThat(contents(classes)).isEmpty();
    }

    @Test
    void the_classes_are_those_of_the_command_line_byte_for_byte() throws IOException {
        orders();

        JavacRun run = JavacRun.of(sources, with("-d", classes.toString()));

        assertThat(run).isEqualTo(new JavacRun(true, ""));
        assertThat(contents(classes)).hasSizeGreaterThan(10).isEqualTo(rewrittenAfterwards());
    }

    @Test
    void they_are_the_same_where_all_is_analyzed_before_anything_is_written() throws IOException {
        orders();

        JavacRun.of(sources, with("-d", classes.toString(), "-XDcompilePolicy=simple"));

        assertThat(contents(classes)).isEqualTo(rewrittenAfterwards());
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void they_are_the_same_without_annotation_processing_where_javac_is_open(Path jdk) throws Exception {
        orders();
        Path plain = Files.createDirectory(directory.resolve("plain"));

        Jvm open = javac(jdk, classes, with("-proc:none", "-XDaccessInternalAPI"));
        javac(jdk, plain, List.of("-proc:none"));

        assertThat(open).isEqualTo(new Jvm(0, "", ""));
        assertThat(contents(classes)).isEqualTo(rewritten(plain));
    }

    @Test
    void without_d_they_stand_beside_their_sources() throws IOException {
        orders();

        JavacRun run = JavacRun.of(sources, with());

        assertThat(run).isEqualTo(new JavacRun(true, ""));
        assertThat(contents(sources)).isEqualTo(rewrittenAfterwards());
    }

    @Test
    void a_file_manager_may_keep_them_in_memory() throws IOException {
        orders();
        List<MemoryFiles> made = new ArrayList<>();

        JavacRun run = JavacRun.of(sources, with(), files -> remember(new MemoryFiles(files, true), made));

        assertThat(run).isEqualTo(new JavacRun(true, ""));
        assertThat(text(made.get(0).contents())).isEqualTo(rewrittenAfterwards());
    }

    @Test
    void a_file_manager_that_processors_cannot_read_is_an_error_even_if_old_classes_lie_where_they_would_read()
            throws IOException {
        ShopSources.write(sources, "Base", ShopSources.BASE);
        JavacRun.of(sources, List.of("-proc:none", "-d", classes.toString()));
        Map<String, String> old = contents(classes);

        JavacRun run = JavacRun.of(sources, with("-d", classes.toString()), files -> new MemoryFiles(files, false));

        assertThat(run.succeeded()).isFalse();
        assertThat(run.output()).isEqualTo("""
                error: jasyncio does not find the class shop.Base that javac has written: the file manager keeps it where annotation processors cannot read.
                  Open another way to it: -XDaccessInternalAPI
                1 error
                """);
        assertThat(contents(classes)).isEqualTo(old);
    }

    /** In a process of its own, because here the plugin is on the class path, and javac opens itself to the processor path only. */
    @Test
    void such_a_file_manager_is_read_where_javac_is_open() throws Exception {
        orders();
        Path jdk = Path.of(System.getProperty("java.home"));
        List<String> arguments = new ArrayList<>(List.of(
                "-cp",
                Jvm.location(CompilingInMemory.class).toString(),
                CompilingInMemory.class.getName(),
                sources.toString()));
        arguments.addAll(with("-cp", JavacRun.core(), "-proc:none", "-XDaccessInternalAPI"));

        Jvm run = Jvm.run(jdk, arguments);

        String names = String.join("\n", rewrittenAfterwards().keySet()) + "\n";
        assertThat(run).isEqualTo(new Jvm(0, names, ""));
    }

    @Test
    void a_module_is_rewritten_and_so_are_several_at_once() throws IOException {
        for (String module : List.of("a", "b")) {
            Path root = Files.createDirectories(sources.resolve(module));
            Files.writeString(
                    root.resolve("module-info.java"), "module " + module + " { requires io.github.jasyncio.core; }");
            ShopSources.write(root, "Base", ShopSources.BASE.replace("package shop;", "package shop." + module + ";"));
        }
        Path one = classes.resolve("one");
        Path several = classes.resolve("several");

        JavacRun alone = JavacRun.of(sources.resolve("a"), with("-p", JavacRun.core(), "-d", one.toString()));
        JavacRun together = JavacRun.of(
                sources,
                with("-p", JavacRun.core(), "--module-source-path", sources.toString(), "-d", several.toString()));

        assertThat(alone).isEqualTo(new JavacRun(true, ""));
        assertThat(together).isEqualTo(new JavacRun(true, ""));
        assertThat(contents(one)).containsKey("shop/a/Base$price$async$0.class");
        assertThat(contents(several))
                .containsKeys("a/shop/a/Base$price$async$0.class", "b/shop/b/Base$price$async$0.class");
    }

    @Test
    void frame_classes_of_methods_that_are_gone_are_deleted() throws IOException {
        ShopSources.write(sources, "Base", ShopSources.BASE);
        JavacRun.of(sources, with("-d", classes.toString()));
        assertThat(contents(classes)).containsKey("shop/Base$price$async$0.class");
        ShopSources.write(sources, "Base", "package shop; class Base {}");

        JavacRun run = JavacRun.of(sources, with("-d", classes.toString()));

        assertThat(run).isEqualTo(new JavacRun(true, ""));
        assertThat(contents(classes)).containsOnlyKeys("shop/Base.class");
    }

    @Test
    void sources_that_an_annotation_processor_generates_are_rewritten_too() throws IOException {
        ShopSources.write(sources, "Base", ShopSources.BASE);
        String path = Jvm.AGENT + File.pathSeparator + Jvm.location(GeneratingProcessor.class);

        JavacRun run = JavacRun.of(
                sources,
                List.of(
                        "-Xplugin:jasyncio",
                        "-processorpath",
                        path,
                        "-d",
                        classes.toString(),
                        "-processor",
                        GeneratingProcessor.class.getName() + "," + HandOverProcessor.class.getName()));

        assertThat(run).isEqualTo(new JavacRun(true, ""));
        assertThat(contents(classes)).containsKeys("shop/Base$price$async$0.class", "shop/Generated$get$async$0.class");
    }

    @Test
    void excluded_classes_and_compilations_without_the_plugin_are_left_alone() throws IOException {
        ShopSources.write(sources, "Base", ShopSources.BASE);

        JavacRun excluded = JavacRun.of(sources, with(JavacRun.plugin("excludes=shop.*"), "-d", classes.toString()));
        JavacRun without =
                JavacRun.of(sources, List.of("-processorpath", Jvm.AGENT.toString(), "-d", classes.toString()));

        assertThat(excluded).isEqualTo(new JavacRun(true, ""));
        assertThat(without).isEqualTo(new JavacRun(true, ""));
        assertThat(contents(classes)).containsOnlyKeys("shop/Base.class");
    }

    // ------------------------------------------------------------------------------------------------ messages

    @Test
    void mistakes_are_shown_as_javac_shows_its_own_at_their_lines_and_columns_and_all_at_once() throws IOException {
        ShopSources.write(sources, "Mistakes", ShopSources.MISTAKES);
        ShopSources.write(sources, "MoreMistakes", ShopSources.MORE_MISTAKES);

        JavacRun run = JavacRun.of(sources, with("-d", classes.toString()));

        assertThat(run.succeeded()).isFalse();
        assertThat(run.output()).isEqualTo(golden("mistakes.txt"));
        assertThat(contents(classes)).isEmpty();
    }

    @Test
    void a_warning_fails_the_compilation_only_if_javac_or_the_plugin_is_told_so() throws IOException {
        ShopSources.write(sources, "Slow", ShopSources.SLOW);
        String line = """
                    @Async Coroutine<Void> get() throws Exception { Thread.sleep(1); return Coroutine.done(); }
                                                                          ^
                      Write: await(sleep(duration));
                """;
        String what = "Thread.sleep blocks the thread of the event loop, and with it every other task\n";

        JavacRun warned = JavacRun.of(sources, with("-d", classes.toString()));
        JavacRun wError = JavacRun.of(sources, with("-d", classes.toString(), "-Werror"));
        JavacRun failing = JavacRun.of(sources, with(JavacRun.plugin("failOnWarning"), "-d", classes.toString()));

        assertThat(warned).isEqualTo(new JavacRun(true, "shop/Slow.java:6: warning: " + what + line + "1 warning\n"));
        assertThat(wError)
                .isEqualTo(new JavacRun(
                        false,
                        "shop/Slow.java:6: warning: " + what + line
                                + "error: warnings found and -Werror specified\n1 error\n1 warning\n"));
        assertThat(failing).isEqualTo(new JavacRun(false, "shop/Slow.java:6: error: " + what + line + "1 error\n"));
        assertThat(contents(classes)).isEmpty();
    }

    @Test
    void verbose_names_what_was_rewritten() throws IOException {
        ShopSources.write(sources, "Base", ShopSources.BASE);

        JavacRun run = JavacRun.of(sources, with(JavacRun.plugin("verbose"), "-d", classes.toString()));

        assertThat(run).isEqualTo(new JavacRun(true, """
                shop/Base.java:7: Note: jasyncio rewrote shop.Base
                class Base {
                ^
                """));
    }

    @Test
    void a_wrong_argument_is_an_error_that_lists_the_right_ones() throws IOException {
        ShopSources.write(sources, "Base", ShopSources.BASE);

        JavacRun run = JavacRun.of(sources, with(JavacRun.plugin("debug"), "-d", classes.toString()));

        assertThat(run)
                .isEqualTo(new JavacRun(
                        false,
                        "error: unknown argument 'debug' of the jasyncio plugin\n" + PluginOptions.HELP.indent(2)
                                + "1 error\n"));
        assertThat(contents(classes)).isEmpty();
    }

    @Test
    void without_annotation_processing_the_error_says_what_to_do_and_nothing_is_written() throws IOException {
        ShopSources.write(sources, "Base", ShopSources.BASE);

        JavacRun run = JavacRun.of(sources, with("-proc:none", "-d", classes.toString()));

        assertThat(run).isEqualTo(new JavacRun(false, golden("unreachable.txt")));
        assertThat(contents(classes)).isEmpty();
    }

    @Test
    void methods_of_the_same_name_are_told_apart_where_the_class_file_has_no_line() throws IOException {
        ShopSources.write(sources, "Same", """
                package shop;

                import io.github.jasyncio.*;

                class Same {
                    static class Fine { @Async Coroutine<Integer> f(int i) { return Coroutine.of(1); } }
                    interface Faulty { @Async Coroutine<Integer> f(int i); }
                    static class Same2 {
                        interface Faulty { @Async Coroutine<Integer> f(int i); }
                    }
                    abstract static class Overloads<T extends Comparable<T>> {
                        @Async abstract Coroutine<T> f(int[] i, T t);
                        @Async Coroutine<T> f(T t, long... l) { return Coroutine.of(t); }
                        @Async abstract Coroutine<T> f(java.util.Map.Entry<T, ?> e, byte b); @Async native Coroutine<T> f();
                    }
                    Object local() {
                        abstract class Local { @Async abstract Coroutine<Integer> f(int i); }
                        return null;
                    }
                    Object other() {
                        return (Runnable) () -> { abstract class Local { @Async abstract Coroutine<Integer> f(int i); } };
                    }
                }
                """);

        JavacRun run = JavacRun.of(sources, with("-d", classes.toString()));

        assertThat(run).isEqualTo(new JavacRun(false, golden("same-names.txt")));
    }

    @Test
    void a_class_of_the_same_name_as_another_is_told_apart_from_it() throws IOException {
        ShopSources.write(sources, "Same", """
                package shop;

                import io.github.jasyncio.*;

                class Same {
                    static class A { static class Line { } }
                    static class B { static class Line { @Async Coroutine<Integer> f() { return Coroutine.of(1); } } }
                }
                """);

        JavacRun run = JavacRun.of(sources, with(JavacRun.plugin("verbose"), "-d", classes.toString()));

        assertThat(run.succeeded()).isTrue();
        assertThat(run.output()).startsWith("shop/Same.java:7: Note: jasyncio rewrote shop.Same$B$Line\n");
    }

    /** javac leaves annotation processing out, and so our processor, after some of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Override int x;",
                "@Async int x;",
                "@Async Wrong() {}",
                "@Deprecated(none = 1) void f() {}",
                "Missing x;",
                "int f() { return null; }"
            })
    void an_error_of_javac_stands_alone(String member) throws IOException {
        ShopSources.write(
                sources, "Wrong", "package shop; import io.github.jasyncio.*; class Wrong { " + member + " }");

        JavacRun run = JavacRun.of(sources, with("-d", classes.toString()));

        assertThat(run.succeeded()).isFalse();
        assertThat(run.output()).doesNotContain("jasyncio cannot").endsWith("\n1 error\n");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void the_readme_shows_what_happens(Path jdk) throws Exception {
        String[] parts = Files.readString(Path.of("README.md")).split("```", -1);
        String program = parts[1].substring("java\n".length());
        String misuse = parts[5].stripLeading();
        Path right = Files.createDirectory(classes.resolve("right"));
        Path wrong = Files.createDirectory(classes.resolve("wrong"));

        ShopSources.write(sources, "Orders", program);
        Jvm compiled = javac(jdk, right, with());
        Jvm printed = Jvm.run(jdk, List.of("-cp", right + File.pathSeparator + JavacRun.core(), "shop.Orders"));
        ShopSources.write(sources, "Orders", program.replace("run(price", "await(price"));
        Jvm refused = javac(jdk, wrong, with());

        assertThat(compiled).isEqualTo(new Jvm(0, "", ""));
        assertThat(printed).isEqualTo(new Jvm(0, "42\n", ""));
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err().replace(sources + "/", "")).isEqualTo(misuse);
    }

    // ------------------------------------------------------------------------------------------------ helpers

    private void orders() throws IOException {
        ShopSources.write(sources, "Orders", ShopSources.ORDERS);
        ShopSources.write(sources, "Base", ShopSources.BASE);
    }

    private static List<String> with(String... options) {
        return with(List.of(), options);
    }

    private static List<String> with(List<String> first, String... options) {
        List<String> all = new ArrayList<>(first.contains("-processorpath") ? List.of() : JavacRun.plugin());
        all.addAll(first);
        all.addAll(List.of(options));
        return all;
    }

    private static MemoryFiles remember(MemoryFiles files, List<MemoryFiles> made) {
        made.add(files);
        return files;
    }

    /** javac as a program of its own, on all sources. */
    private Jvm javac(Path jdk, Path output, List<String> options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-m", "jdk.compiler/com.sun.tools.javac.Main", "-g"));
        arguments.addAll(options);
        arguments.addAll(List.of("-cp", JavacRun.core(), "-d", output.toString()));
        try (Stream<Path> walk = Files.walk(sources)) {
            walk.map(Path::toString)
                    .filter(name -> name.endsWith(".java"))
                    .sorted()
                    .forEach(arguments::add);
        }
        return Jvm.run(jdk, arguments);
    }

    /** What plain javac and then the command line make of the same sources. */
    private Map<String, String> rewrittenAfterwards() throws IOException {
        Path afterwards = Files.createDirectory(directory.resolve("afterwards"));
        JavacRun.of(sources, List.of("-proc:none", "-d", afterwards.toString()));
        return rewritten(afterwards);
    }

    private static Map<String, String> rewritten(Path plain) throws IOException {
        Rewriting rewriting =
                new Rewriting(ClassFilter.ALL, false, new ClassPath(List.of(plain)), BlockingCalls.known());
        new ClassDirectory(plain).transform(rewriting);
        assertThat(rewriting.hasFailed()).isFalse();
        return contents(plain);
    }

    private static Map<String, String> contents(Path root) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path file :
                    walk.filter(path -> path.toString().endsWith(".class")).toList()) {
                contents.put(
                        root.relativize(file).toString().replace(File.separatorChar, '/'), Files.readAllBytes(file));
            }
        }
        return text(contents);
    }

    private static Map<String, String> text(Map<String, byte[]> contents) {
        Map<String, String> text = new TreeMap<>();
        contents.forEach((name, content) -> text.put(name, new String(content, StandardCharsets.ISO_8859_1)));
        return text;
    }

    private static String golden(String name) throws IOException {
        try (var in = JavacPluginIT.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
