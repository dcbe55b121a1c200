package io.github.jasyncio.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Frame;
import io.github.jasyncio.transform.harness.ClassFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.aspectj.tools.ajc.Main;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What others hang on an async method after it was rewritten (mocks, aspects, profilers' counters) is passed at each call, whoever calls. */
public class InterceptionTest {

    private static final String ORDERS = """
            package shop;

            import static io.github.jasyncio.Asyncio.await;
            import io.github.jasyncio.*;

            public class Orders implements Priced {
                @Async public static Coroutine<Integer> total(Orders orders) {
                    int here = await(open(1)) + await(hidden(2)) + await(Priced.listed(4));
                    return Coroutine.of(here + await(orders.plain(8)) + await(orders.own(16)) + await(orders.fixed(32)) + await(orders.inherited(64)));
                }
                @Async public static Coroutine<Integer> open(int n) { return Coroutine.of(n); }
                @Async private static Coroutine<Integer> hidden(int n) { return Coroutine.of(n); }
                @Async Coroutine<Integer> plain(int n) { return Coroutine.of(n); }
                @Async private Coroutine<Integer> own(int n) { return Coroutine.of(n); }
                @Async final Coroutine<Integer> fixed(int n) { return Coroutine.of(n); }
            }
            interface Priced {
                @Async static Coroutine<Integer> listed(int n) { return Coroutine.of(await(step(n))); }
                @Async private static Coroutine<Integer> step(int n) { return Coroutine.of(n); }
                @Async default Coroutine<Integer> inherited(int n) { return step(n); }
            }
            """;

    private static final List<String> CALLS =
            List.of("total", "open", "hidden", "listed", "step", "plain", "own", "fixed", "inherited", "step");

    /** Filled by the code that is woven in. */
    public static final List<String> calls = new ArrayList<>();

    @BeforeEach
    void forget() {
        calls.clear();
    }

    @Test
    void code_put_before_a_method_as_an_agent_does_that_retransforms() throws Exception {
        Map<String, byte[]> classes = rewritten();
        classes.replaceAll((name, classFile) -> name.contains("$") ? classFile : counting(classFile));

        assertThat(total(classes)).isEqualTo(127);
        assertThat(calls).containsExactlyElementsOf(CALLS);
    }

    @Test
    void advice_that_aspectj_weaves(@TempDir Path directory) throws Exception {
        Map<String, byte[]> classes = rewritten();
        for (Map.Entry<String, byte[]> each : classes.entrySet()) {
            Path file = directory.resolve("in").resolve(each.getKey().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, each.getValue());
        }
        Path aspect = Files.writeString(directory.resolve("Counting.java"), """
                import io.github.jasyncio.Coroutine;
                import io.github.jasyncio.transform.InterceptionTest;
                import org.aspectj.lang.ProceedingJoinPoint;
                import org.aspectj.lang.annotation.*;

                @Aspect
                public class Counting {
                    @Around("execution(io.github.jasyncio.Coroutine shop..*(..))")
                    public Object count(ProceedingJoinPoint point) throws Throwable {
                        InterceptionTest.calls.add(point.getSignature().getName());
                        return point.proceed();
                    }
                }
                """);
        List<String> messages = new ArrayList<>();
        Main.bareMain(
                new String[] {
                    "-17",
                    "-proc:none",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-inpath",
                    directory.resolve("in").toString(),
                    "-d",
                    directory.resolve("out").toString(),
                    aspect.toString()
                },
                false,
                messages,
                messages,
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
        assertThat(messages).isEmpty();

        assertThat(total(ClassFiles.in(directory.resolve("out"), "").loader())).isEqualTo(127);
        assertThat(calls).containsExactlyElementsOf(CALLS);
    }

    private static Map<String, byte[]> rewritten() {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        CompiledSource.compile("shop.Orders", ORDERS).forEach((name, classFile) -> {
            Result result = Transformer.transform(classFile);
            classes.put(name, result.classFile());
            result.frameClasses().forEach(frame -> classes.put(frame.className(), frame.classFile()));
        });
        return classes;
    }

    private static int total(Map<String, byte[]> classes) throws ReflectiveOperationException {
        return total(new ClassFiles(classes).loader());
    }

    private static int total(ClassLoader loader) throws ReflectiveOperationException {
        Class<?> orders = loader.loadClass("shop.Orders");
        Object coroutine = orders.getMethod("total", orders)
                .invoke(null, orders.getConstructor().newInstance());
        return (Integer) Objects.requireNonNull(new Execution().run((Frame<?>) coroutine));
    }

    private static byte[] counting(byte[] classFile) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9, writer) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String signature, String[] exceptions) {
                                MethodVisitor code = super.visitMethod(access, name, descriptor, signature, exceptions);
                                if ((access & Opcodes.ACC_SYNTHETIC) == 0 && !name.startsWith("<")) {
                                    count(name, code);
                                }
                                return code;
                            }
                        },
                        0);
        return writer.toByteArray();
    }

    private static void count(String name, MethodVisitor code) {
        String itself = InterceptionTest.class.getName().replace('.', '/');
        code.visitFieldInsn(Opcodes.GETSTATIC, itself, "calls", "Ljava/util/List;");
        code.visitLdcInsn(name);
        code.visitMethodInsn(Opcodes.INVOKEINTERFACE, "java/util/List", "add", "(Ljava/lang/Object;)Z", true);
        code.visitInsn(Opcodes.POP);
    }
}
