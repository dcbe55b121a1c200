package io.github.jasyncio.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransformerTest {

    private static final String SOURCE = """
            package shop;
            import io.github.jasyncio.*;
            import static io.github.jasyncio.Asyncio.await;
            public class Orders {
                @Async Coroutine<String> fetch(int id) {
                    String s = "";
                    try {
                        for (int i = 0; i < id; i++) {
                            s += await(fetch(i)) + i;
                        }
                    } finally {
                        s += "!";
                    }
                    return Coroutine.of(s);
                }
            }
            """;

    private static byte[] orders() {
        return CompiledSource.compileOne("shop.Orders", SOURCE, "-g");
    }

    @Test
    void a_class_that_does_not_mention_us_is_returned_as_it_is() {
        byte[] classFile =
                CompiledSource.compileOne("a.Plain", "package a; class Plain { String s = \"x\"; long l = 5L; }");

        Result result = Transformer.transform(classFile);

        assertThat(result.rewritten()).isFalse();
        assertThat(result.classFile()).isSameAs(classFile);
    }

    @Test
    void a_class_that_deals_with_coroutines_but_has_no_async_method_is_returned_as_it_is() {
        byte[] classFile = CompiledSource.compileOne(
                "a.Plain", "package a; class Plain { io.github.jasyncio.Coroutine<String> c; }");

        assertThat(Transformer.transform(classFile).classFile()).isSameAs(classFile);
    }

    @Test
    void the_same_input_gives_the_same_bytes() {
        byte[] classFile = orders();

        Result one = Transformer.transform(classFile);
        Result another = Transformer.transform(classFile.clone());

        assertThat(one.rewritten()).isTrue();
        assertThat(one.classFile()).isEqualTo(another.classFile());
        assertThat(one.frameClasses().get(0).classFile())
                .isEqualTo(another.frameClasses().get(0).classFile());
    }

    @Test
    void rewriting_twice_changes_nothing() {
        byte[] once = Transformer.transform(orders()).classFile();

        Result twice = Transformer.transform(once);

        assertThat(twice.rewritten()).isFalse();
        assertThat(twice.classFile()).isSameAs(once);
    }

    @Test
    void a_newer_class_file_is_an_error_that_names_its_version() {
        byte[] newer = orders();
        newer[7] = 99;

        assertThatThrownBy(() -> Transformer.transform(newer))
                .isInstanceOf(TransformException.class)
                .hasMessage(
                        "shop.Orders is of class file version 99 (Java 55); this release of jasyncio rewrites versions up to 69 (Java 25):"
                                + " use a newer jasyncio, or compile with a lower --release");
    }

    @Test
    void an_older_class_file_is_an_error_that_names_its_version() {
        byte[] older = orders();
        older[7] = 51;

        assertThatThrownBy(() -> Transformer.transform(older))
                .isInstanceOf(TransformException.class)
                .hasMessageStartingWith(
                        "shop.Orders is of class file version 51 (Java 7); jasyncio rewrites versions from 52 (Java 8)");
    }

    /** Such as what the JDK, Groovy and proxies generate to call it by reflection. */
    @ParameterizedTest
    @ValueSource(ints = {49, 99})
    void a_class_that_only_passes_coroutines_on_may_be_of_any_version(int version) {
        byte[] other = CompiledSource.compileOne(
                "shop.Caller",
                "package shop; import io.github.jasyncio.*; class Caller { Coroutine<Integer> f(java.util.function.Supplier<Coroutine<Integer>> s) { return s.get(); } }");
        other[7] = (byte) version;

        assertThat(Transformer.transform(other).rewritten()).isFalse();
    }

    @Test
    void what_is_no_class_file_is_refused() {
        assertThatThrownBy(() -> Transformer.transform("hello world".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(TransformException.class)
                .hasMessage("not a class file: it does not begin with CAFEBABE");
        assertThatThrownBy(() -> Transformer.transform(new byte[0])).isInstanceOf(TransformException.class);
    }

    /** A fixed seed: the same 20,000 broken class files every time. */
    @Test
    void a_malformed_class_file_throws_nothing_but_our_own_exception() {
        byte[] classFile = orders();
        Random random = new Random(42);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] broken = i % 4 == 0 ? Arrays.copyOf(classFile, random.nextInt(classFile.length)) : classFile.clone();
            for (int n = random.nextInt(4); n >= 0 && broken.length > 0; n--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            try {
                Transformer.transform(broken);
            } catch (TransformException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1000);
    }
}
