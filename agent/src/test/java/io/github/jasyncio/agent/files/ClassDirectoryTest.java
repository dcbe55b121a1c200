package io.github.jasyncio.agent.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.agent.ClassFilter;
import io.github.jasyncio.agent.Javac;
import io.github.jasyncio.transform.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;

class ClassDirectoryTest {

    private static final String TWO_METHODS = """
            class Orders {
                @Async Coroutine<Integer> price(Coroutine<Integer> c) { return Coroutine.of(await(c) + 1); }
                @Async Coroutine<Integer> amount(Coroutine<Integer> c) { return Coroutine.of(await(c) + 2); }
            }
            """;
    private static final String ONE_METHOD = """
            class Orders {
                @Async Coroutine<Integer> price(Coroutine<Integer> c) { return Coroutine.of(await(c) + 1); }
            }
            """;
    private static final String PLAIN = "class Plain { int one() { return 1; } }";
    private static final String MISUSE = "class Misuse { int now(Coroutine<Integer> c) { return await(c); } }";
    private static final String WARNED = """
            class Warned {
                @Async Coroutine<Void> slow() throws InterruptedException { Thread.sleep(1); return Coroutine.done(); }
            }
            """;

    @TempDir
    private Path classes;

    @Test
    void classes_with_async_methods_are_rewritten_and_get_their_frame_classes() throws IOException {
        Javac.shop(classes, "Orders", TWO_METHODS);

        Rewriting rewriting = transform();

        assertThat(rewriting.rewritten()).containsExactly("shop.Orders");
        assertThat(names()).hasSize(3).contains("shop/Orders.class").allMatch(name -> name.startsWith("shop/Orders"));
    }

    @Test
    void a_second_run_changes_nothing() throws IOException {
        Javac.shop(classes, "Orders", TWO_METHODS);
        transform();
        backdate();
        Map<String, FileTime> before = times();

        Rewriting second = transform();

        assertThat(second.rewritten()).isEmpty();
        assertThat(times()).isEqualTo(before);
    }

    /** Code that cannot be read is in nobody's way who does not read it. */
    @Test
    void a_second_run_reads_no_code_of_what_is_rewritten() throws IOException {
        Javac.shop(classes, "Orders", TWO_METHODS);
        Javac.shop(classes, "Plain", PLAIN);
        transform();
        spoilCode();
        Map<String, List<Byte>> before = contents();

        Rewriting second = transform();

        assertThat(second.failures()).isEmpty();
        assertThat(contents()).isEqualTo(before);

        Javac.shop(classes, "Orders", TWO_METHODS);
        spoilCode();
        assertThat(transform().failures()).as("who reads code notices it").hasSize(1);
    }

    @Test
    void each_of_many_methods_asks_once_whether_its_name_is_taken() throws IOException {
        int methods = 300;
        StringBuilder source = new StringBuilder("class Many {\n");
        for (int i = 0; i < methods; i++) {
            source.append("    @Async Coroutine<Integer> f")
                    .append(i)
                    .append("(Coroutine<Integer> c) { return Coroutine.of(await(c)); }\n");
        }
        Javac.shop(classes, "Many", source.append("}\n").toString());
        List<String> asked = new ArrayList<>();

        Optional<Result> result = new Rewriting(ClassFilter.ALL, false)
                .rewrite("shop.Many", Files.readAllBytes(classes.resolve("shop/Many.class")), name -> {
                    asked.add(name);
                    return null;
                });

        assertThat(result.orElseThrow().frameClasses()).hasSize(methods);
        assertThat(asked).hasSize(methods).doesNotHaveDuplicates();
    }

    /** Writes what is no instruction over all the instructions of all classes. */
    private void spoilCode() throws IOException {
        for (String name : names()) {
            byte[] classFile = Files.readAllBytes(classes.resolve(name));
            ClassReader reader = new ClassReader(classFile);
            int at = reader.header + 6;
            at += 2 + 2 * reader.readUnsignedShort(at); // interfaces
            at = spoilMembers(classFile, reader, at);
            spoilMembers(classFile, reader, at);
            Files.write(classes.resolve(name), classFile);
        }
    }

    /** JVMS 4.5 and 4.6: fields and methods look the same. */
    private static int spoilMembers(byte[] classFile, ClassReader reader, int from) {
        char[] buffer = new char[reader.getMaxStringLength()];
        int at = from + 2;
        for (int members = reader.readUnsignedShort(from); members > 0; members--) {
            int attributes = reader.readUnsignedShort(at + 6);
            at += 8;
            for (; attributes > 0; attributes--) {
                if ("Code".equals(reader.readUTF8(at, buffer))) {
                    int code = at + 14;
                    Arrays.fill(classFile, code, code + reader.readInt(at + 10), (byte) 0xFF);
                }
                at += 6 + reader.readInt(at + 2);
            }
        }
        return at;
    }

    @Test
    void a_class_without_async_methods_is_not_written() throws IOException {
        Javac.shop(classes, "Plain", PLAIN);
        backdate();
        Map<String, FileTime> before = times();

        transform();

        assertThat(times()).isEqualTo(before);
    }

    @Test
    void a_class_compiled_anew_is_rewritten_anew() throws IOException {
        Javac.shop(classes, "Orders", TWO_METHODS);
        transform();
        Map<String, List<Byte>> before = contents();
        Javac.shop(classes, "Orders", TWO_METHODS);

        Rewriting second = transform();

        assertThat(second.rewritten()).containsExactly("shop.Orders");
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void the_frame_class_of_a_method_that_is_gone_is_deleted() throws IOException {
        Javac.shop(classes, "Orders", TWO_METHODS);
        transform();
        Javac.shop(classes, "Orders", ONE_METHOD);

        List<String> deleted = new ClassDirectory(classes).transform(new Rewriting(ClassFilter.ALL, false));

        assertThat(deleted).singleElement().asString().startsWith("shop.Orders$amount$async$");
        assertThat(names()).hasSize(2).noneMatch(name -> name.contains("amount"));
    }

    @Test
    void a_class_that_has_the_name_of_a_frame_is_left_alone() throws IOException {
        Javac.shop(classes, "Orders$price$async$0", "class Orders$price$async$0 {}");
        byte[] stranger = Files.readAllBytes(classes.resolve("shop/Orders$price$async$0.class"));
        Javac.shop(classes, "Orders", ONE_METHOD);

        transform();
        Javac.shop(classes, "Orders", ONE_METHOD);
        transform();

        assertThat(names())
                .containsExactlyInAnyOrder(
                        "shop/Orders.class", "shop/Orders$price$async$0.class", "shop/Orders$price$async$1.class");
        assertThat(Files.readAllBytes(classes.resolve("shop/Orders$price$async$0.class")))
                .isEqualTo(stranger);
    }

    @Test
    void names_that_are_as_long_as_a_file_system_takes_are_no_obstacle() throws IOException {
        String className = "A" + "b".repeat(248);
        String method = "c".repeat(120);
        Javac.shop(classes, className, """
                class %s {
                    @Async Coroutine<Integer> %s(Coroutine<Integer> c) { return Coroutine.of(await(c) + 1); }
                }
                """.formatted(className, method));

        transform();

        assertThat(names()).hasSize(2).contains("shop/" + className + ".class");
    }

    @Test
    void the_frame_class_of_an_eager_method_that_never_suspends_stays() throws IOException {
        Javac.shop(classes, "Orders", """
                class Orders {
                    @Async java.util.concurrent.CompletableFuture<Integer> one() {
                        return java.util.concurrent.CompletableFuture.completedFuture(1);
                    }
                }
                """);

        transform();

        assertThat(names()).hasSize(2).anyMatch(name -> name.startsWith("shop/Orders$one$async$"));
    }

    @Test
    void the_frame_classes_of_a_class_that_is_gone_are_deleted() throws IOException {
        Javac.shop(classes, "Orders", TWO_METHODS);
        transform();
        Files.delete(classes.resolve("shop/Orders.class"));

        transform();

        assertThat(names()).isEmpty();
    }

    @Test
    void a_class_of_the_user_that_is_named_like_a_frame_stays() throws IOException {
        Javac.shop(classes, "Orders$x$async$0", "class Orders$x$async$0 {}");

        transform();

        assertThat(names()).containsExactly("shop/Orders$x$async$0.class");
    }

    @Test
    void the_mistakes_of_all_classes_are_collected_and_such_classes_are_not_written() throws IOException {
        Javac.shop(classes, "Misuse", MISUSE);
        Javac.shop(classes, "Worse", MISUSE.replace("Misuse", "Worse"));
        Javac.shop(classes, "Orders", ONE_METHOD);
        backdate();
        Map<String, FileTime> before = times();

        Rewriting rewriting = transform();

        assertThat(rewriting.hasFailed()).isTrue();
        assertThat(rewriting.diagnostics())
                .hasSize(2)
                .extracting(d -> d.where().className())
                .containsExactly("shop.Misuse", "shop.Worse");
        assertThat(rewriting.rewritten()).containsExactly("shop.Orders");
        assertThat(times().get("shop/Misuse.class")).isEqualTo(before.get("shop/Misuse.class"));
        assertThat(transform().diagnostics()).as("reported again the next time").hasSize(2);
    }

    @Test
    void a_warning_does_not_keep_a_class_from_being_written() throws IOException {
        Javac.shop(classes, "Warned", WARNED);

        Rewriting rewriting = transform();

        assertThat(rewriting.diagnostics()).hasSize(1);
        assertThat(rewriting.hasFailed()).isFalse();
        assertThat(rewriting.rewritten()).containsExactly("shop.Warned");
    }

    @Test
    void a_warning_that_fails_the_build_fails_the_next_one_too() throws IOException {
        Javac.shop(classes, "Warned", WARNED);
        ClassDirectory directory = new ClassDirectory(classes);

        directory.transform(new Rewriting(ClassFilter.ALL, true));
        Rewriting second = new Rewriting(ClassFilter.ALL, true);
        directory.transform(second);

        assertThat(second.hasFailed()).isTrue();
        assertThat(names()).containsExactly("shop/Warned.class");
    }

    @Test
    void a_broken_class_file_is_named_and_the_others_are_rewritten() throws IOException {
        Javac.shop(classes, "Orders", ONE_METHOD);
        Files.write(classes.resolve("shop/Broken.class"), new byte[] {1, 2, 3});

        Rewriting rewriting = transform();

        assertThat(rewriting.hasFailed()).isTrue();
        assertThat(rewriting.failures()).singleElement().asString().startsWith("shop.Broken: ");
        assertThat(rewriting.rewritten()).containsExactly("shop.Orders");
    }

    @Test
    void what_is_excluded_is_not_even_looked_at() throws IOException {
        Javac.shop(classes, "Misuse", MISUSE);
        Rewriting rewriting = new Rewriting(new ClassFilter(List.of(), List.of("shop.Misuse")), false);

        new ClassDirectory(classes).transform(rewriting);

        assertThat(rewriting.diagnostics()).isEmpty();
    }

    @Test
    void check_reports_and_writes_nothing() throws IOException {
        Javac.shop(classes, "Misuse", MISUSE);
        Javac.shop(classes, "Orders", ONE_METHOD);
        Map<String, List<Byte>> before = contents();
        Rewriting rewriting = new Rewriting(ClassFilter.ALL, false);

        new ClassDirectory(classes).check(rewriting);

        assertThat(rewriting.diagnostics()).hasSize(1);
        assertThat(rewriting.rewritten()).containsExactly("shop.Orders");
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void another_directory_gets_everything_and_the_first_stays_as_it_was(@TempDir Path target) throws IOException {
        Javac.shop(classes, "Orders", ONE_METHOD);
        Javac.shop(classes, "Plain", PLAIN);
        Files.writeString(classes.resolve("shop/prices.txt"), "1\n");
        Map<String, List<Byte>> before = contents();

        new ClassDirectory(classes).transformInto(target, new Rewriting(ClassFilter.ALL, false));

        assertThat(contents()).isEqualTo(before);
        transform();
        assertThat(contents(target)).as("the same as in place").isEqualTo(contents());
    }

    private Rewriting transform() throws IOException {
        Rewriting rewriting = new Rewriting(ClassFilter.ALL, false);
        new ClassDirectory(classes).transform(rewriting);
        return rewriting;
    }

    /** So that a file that is written anew is told by its time, however coarse the clock of the file system. */
    private void backdate() throws IOException {
        for (String name : names()) {
            Files.setLastModifiedTime(classes.resolve(name), FileTime.fromMillis(1_000_000_000_000L));
        }
    }

    private Map<String, FileTime> times() throws IOException {
        Map<String, FileTime> times = new TreeMap<>();
        for (String name : names()) {
            times.put(name, Files.getLastModifiedTime(classes.resolve(name)));
        }
        return times;
    }

    private Map<String, List<Byte>> contents() throws IOException {
        return contents(classes);
    }

    static Map<String, List<Byte>> contents(Path root) throws IOException {
        Map<String, List<Byte>> contents = new TreeMap<>();
        for (String name : names(root)) {
            contents.put(name, bytes(Files.readAllBytes(root.resolve(name))));
        }
        return contents;
    }

    private static List<Byte> bytes(byte[] array) {
        Byte[] boxed = new Byte[array.length];
        for (int i = 0; i < array.length; i++) {
            boxed[i] = array[i];
        }
        return List.of(boxed);
    }

    private List<String> names() throws IOException {
        return names(classes);
    }

    private static List<String> names(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }
}
