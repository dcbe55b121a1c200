package io.github.jasyncio.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * A class may be redefined while coroutines stand in it, if they mean the same to the new code. The JVM refuses to redefine a class that gets other methods
 * (AgentIT has it do so), so that two classes fit if the methods of both have the same names.
 */
class StateLayoutTest {

    private static final String PLAIN =
            "String user = \"bob\"; String pass = \"s3cret\"; await(one(1)); use(0); await(two(2)); return Coroutine.of(user + pass);";

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "other constants and lines | String user = \"tom\"; String pass = \"\"; ¶ await(one(1)); use(7); ¶ await(two(2)); return Coroutine.of(user + pass);",
                "other code between | String user = \"bob\"; use(1); String pass = \"s3cret\"; await(one(1)); use(2); use(3); await(two(2)); return Coroutine.of(pass + user);",
            })
    void what_means_the_same_to_a_suspended_coroutine_fits(String difference, String code) {
        assertThat(methods(code.replace('¶', '\n'), "-g")).isEqualTo(methods(PLAIN, "-g"));
    }

    @ParameterizedTest(name = "{0}, javac {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "exchanged variables | String pass = \"s3cret\"; String user = \"bob\"; await(one(1)); use(0); await(two(2)); return Coroutine.of(user + pass); | -g",
                "exchanged variables | String pass = \"s3cret\"; String user = \"bob\"; await(one(1)); use(0); await(two(2)); return Coroutine.of(user + pass); | -g:none",
                "exchanged awaits | String user = \"bob\"; String pass = \"s3cret\"; await(two(2)); use(0); await(one(1)); return Coroutine.of(user + pass); | -g",
                "awaits exchanged of the same method | String user = \"bob\"; String pass = \"s3cret\"; await(one(2)); use(0); await(two(1)); return Coroutine.of(user + pass); | -g",
                "one await more | String user = \"bob\"; String pass = \"s3cret\"; await(one(1)); await(one(1)); await(two(2)); return Coroutine.of(user + pass); | -g",
                "one await less | String user = \"bob\"; String pass = \"s3cret\"; await(one(1)); return Coroutine.of(user + pass); | -g",
                "one variable less | String user = \"bob\"; String pass = \"s3cret\"; await(one(1)); use(0); await(two(2)); return Coroutine.of(user); | -g",
                "another type | String user = \"bob\"; StringBuilder pass = new StringBuilder(); await(one(1)); use(0); await(two(2)); return Coroutine.of(user + pass); | -g",
            })
    void what_means_something_else_does_not_fit(String difference, String code, String debugInformation) {
        Map<String, List<String>> before = methods(PLAIN, debugInformation);
        Map<String, List<String>> behind = methods(code, debugInformation);

        assertThat(behind.get("Orders")).isNotEqualTo(before.get("Orders"));
        assertThat(behind.get("Orders$login$async$0")).isNotEqualTo(before.get("Orders$login$async$0"));
    }

    @Test
    void where_nothing_is_saved_names_are_not_needed() {
        assertThat(methods("return Coroutine.of(await(one(1)) + 2);", "-g:none"))
                .isEqualTo(methods("use(1); return Coroutine.of(await(one(1)) + 3);", "-g:none"));
    }

    @Test
    void exchanged_operands_do_not_fit() {
        String code = "return Coroutine.of(sum(value(1), other(2), await(one(3))));";

        assertThat(methods(code.replace("value(1), other(2)", "other(2), value(1)"), "-g"))
                .isNotEqualTo(methods(code, "-g"));
    }

    @Test
    void the_frame_class_of_another_method_fits_all_the_same() {
        Map<String, List<String>> before = methods(PLAIN, "-g");
        Map<String, List<String>> behind = methods("await(one(1)); return Coroutine.of(\"\");", "-g");

        assertThat(behind.get("Orders$same$async$1")).isEqualTo(before.get("Orders$same$async$1"));
    }

    /** The names and descriptors of the methods, by class. */
    private static Map<String, List<String>> methods(String code, String debugInformation) {
        Result result =
                Transformer.transform(CompiledSource.compileOne("Orders", """
                import static io.github.jasyncio.Asyncio.await;
                import io.github.jasyncio.*;
                public class Orders {
                    @Async static Coroutine<Object> login() {
                        %s
                    }
                    @Async static Coroutine<Integer> same() { return Coroutine.of(await(one(1)) + 1); }
                    static Coroutine<Integer> one(int n) { return Coroutine.of(n); }
                    static Coroutine<Integer> two(int n) { return Coroutine.of(n); }
                    static int value(int n) { return n; }
                    static int other(int n) { return n; }
                    static int sum(int a, int b, int c) { return a + b + c; }
                    static void use(int n) {}
                }
                """.formatted(code), debugInformation));
        Map<String, List<String>> methods = new TreeMap<>();
        methods.put("Orders", methods(result.classFile()));
        result.frameClasses().forEach(frame -> methods.put(frame.className(), methods(frame.classFile())));
        return methods;
    }

    private static List<String> methods(byte[] classFile) {
        List<String> found = new ArrayList<>();
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public @Nullable MethodVisitor visitMethod(
                                    int access,
                                    String name,
                                    String descriptor,
                                    @Nullable String signature,
                                    String @Nullable [] exceptions) {
                                found.add(name + descriptor);
                                return null;
                            }
                        },
                        0);
        found.sort(null);
        return found;
    }
}
