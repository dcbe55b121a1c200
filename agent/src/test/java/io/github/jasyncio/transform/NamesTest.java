package io.github.jasyncio.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Frame;
import io.github.jasyncio.transform.harness.ClassFiles;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.commons.SimpleRemapper;

/** What the transformer makes meets nothing that is there, and is told from it. */
class NamesTest {

    private static final String HEAD = """
            import static io.github.jasyncio.Asyncio.await;
            import io.github.jasyncio.*;
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                // methods and nested classes whose names, put together, are the same
                """
                public class A {
                    @Async static Coroutine<Integer> b$c(int n) { return Coroutine.of(n); }
                    static class b { @Async static Coroutine<Integer> c(String n) { return Coroutine.of(n.length()); } }
                    @Async public static Coroutine<Integer> run() { return Coroutine.of(await(b$c(3)) + await(b.c("four"))); }
                }
                """,
                """
                public class A {
                    static class b$ { @Async static Coroutine<Integer> c(int n) { return Coroutine.of(n); } }
                    static class b { @Async static Coroutine<Integer> $c(String n) { return Coroutine.of(n.length()); } }
                    @Async public static Coroutine<Integer> run() { return Coroutine.of(await(b$.c(3)) + await(b.$c("four"))); }
                }
                """,
                // somebody's class, and somebody's methods, under the names that would be ours
                """
                public class A {
                    static class run$async$0 { static int three = 3; }
                    static class run$async$1 { static int four = 4; }
                    @Async public static Coroutine<Integer> run() { return Coroutine.of(run$async$0.three + await(four())); }
                    @Async private static Coroutine<Integer> four() { return Coroutine.of(run$async$1.four); }
                }
                """,
                """
                public class A {
                    @Async public static Coroutine<Integer> run() { return Coroutine.of(3 + await(lambda$run$async$0())); }
                    @Async private static Coroutine<Integer> lambda$run$async$0() { return Coroutine.of(lambda$lambda$run$async$0$async$0()); }
                    private static int lambda$lambda$run$async$0$async$0() { return 4; }
                }
                """,
                """
                public class A {
                    @Async public static Coroutine<Integer> run() { return Coroutine.of(3 + await(Run())); }
                    @Async private static Coroutine<Integer> Run() { return Coroutine.of(4); }
                }
                """
            })
    void two_things_with_one_name_do_not_come_about(String source) throws Exception {
        assertThat(run(rewritten(CompiledSource.compile("A", HEAD + source, "-g"), name -> null)))
                .isEqualTo(7);
    }

    @Test
    void a_class_of_the_same_place_that_has_the_name_of_a_frame_is_left_alone() throws Exception {
        Map<String, byte[]> classes = CompiledSource.compile("A", HEAD + """
                public class A {
                    @Async public static Coroutine<Integer> run() { return Coroutine.of(await(Coroutine.of(3)) + A$run$async$0.four); }
                }
                class A$run$async$0 { static int four = 4; }
                """);

        Map<String, byte[]> rewritten = rewritten(classes, classes::get);

        assertThat(run(rewritten)).isEqualTo(7);
        assertThat(rewritten).containsKeys("A$run$async$0", "A$run$async$1");
    }

    @Test
    void a_frame_class_of_an_earlier_run_is_taken_for_what_it_is() {
        Map<String, byte[]> classes = CompiledSource.compile(
                "A", HEAD + "public class A { @Async Coroutine<Integer> run() { return Coroutine.of(3); } }");
        Map<String, byte[]> first = rewritten(classes, name -> null);

        assertThat(rewritten(classes, first::get)).containsOnlyKeys(first.keySet());
    }

    @Test
    void names_that_are_too_long_for_a_file_are_shortened_and_remain_apart() throws Exception {
        String className = "A" + "ä".repeat(119);
        String source = HEAD + """
                public class %s {
                    @Async static Coroutine<Integer> run() { return Coroutine.of(await(%s()) + await(%s())); }
                    @Async private static Coroutine<Integer> %<s() { return Coroutine.of(4); }
                    @Async private static Coroutine<Integer> %2$s() { return Coroutine.of(3); }
                }
                """.formatted(className, "x".repeat(120), "x".repeat(119) + "y");

        Map<String, byte[]> rewritten =
                rewritten(CompiledSource.compile(className, source, "-encoding", "UTF-8"), name -> null);

        assertThat(rewritten).hasSize(4);
        rewritten.remove(className);
        assertThat(rewritten.keySet())
                .allSatisfy(name ->
                        assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(200));
    }

    @Test
    void names_of_other_languages_become_names_of_files() {
        byte[] named = renamed(
                CompiledSource.compileOne(
                        "A",
                        HEAD + "public class A { @Async static Coroutine<Integer> x() { return Coroutine.of(3); } }"),
                "what is 3? \"a|b\\c\":*");

        assertThat(Transformer.transform(named).frameClasses())
                .extracting(FrameClass::className)
                .containsExactly("A$what-is-3---a-b-c---$async$0");
    }

    @Test
    void a_frame_says_whose_it_is_by_a_mark_which_renaming_follows() {
        Result result = Transformer.transform(CompiledSource.compileOne(
                "A", HEAD + "public class A { @Async static Coroutine<Integer> x() { return Coroutine.of(3); } }"));
        byte[] frame = result.frameClasses().get(0).classFile();
        Remapper obfuscation = new SimpleRemapper(Opcodes.ASM9, Map.of("A", "a/b", "A$x$async$0", "a/c"));
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(frame).accept(new ClassRemapper(writer, obfuscation), 0);

        assertThat(FrameClass.ownerOf(frame)).contains("A");
        assertThat(FrameClass.ownerOf(writer.toByteArray())).contains("a/b");
        assertThat(FrameClass.ownerOf(result.classFile())).isEmpty();
        assertThat(FrameClass.ownerOf(new byte[] {1, 2, 3})).isEmpty();
    }

    private static byte[] renamed(byte[] classFile, String method) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(classFile)
                .accept(
                        new ClassRemapper(
                                writer,
                                new SimpleRemapper(Opcodes.ASM9, "A.x()Lio/github/jasyncio/Coroutine;", method)),
                        0);
        return writer.toByteArray();
    }

    private static Map<String, byte[]> rewritten(
            Map<String, byte[]> classes, io.github.jasyncio.transform.ClassFiles beside) {
        Map<String, byte[]> rewritten = new LinkedHashMap<>();
        classes.forEach((name, classFile) -> {
            Result result = Transformer.transform(classFile, false, BlockingCalls.known(), beside);
            assertThat(result.hasErrors()).isFalse();
            assertThat(rewritten.put(name, result.classFile())).isNull();
            result.frameClasses()
                    .forEach(frame -> assertThat(rewritten.put(frame.className(), frame.classFile()))
                            .as(frame.className())
                            .isNull());
        });
        return rewritten;
    }

    private static @Nullable Object run(Map<String, byte[]> classes) throws ReflectiveOperationException {
        Object coroutine =
                new ClassFiles(classes).loader().loadClass("A").getMethod("run").invoke(null);
        return new Execution().run((Frame<?>) coroutine);
    }
}
