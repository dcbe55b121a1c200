package io.github.jasyncio.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Coroutine;
import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Frame;
import io.github.jasyncio.transform.harness.ClassFiles;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Class files that no compiler writes: they are rewritten, or refused by name, and nothing else. */
class StrangeClassFilesTest {

    private static final String DESCRIPTOR = "(Lio/github/jasyncio/Coroutine;)Lio/github/jasyncio/Coroutine;";
    private static final String AWAITABLE = "(Lio/github/jasyncio/Awaitable;)Ljava/lang/Object;";

    @Test
    void an_await_that_there_is_not() {
        byte[] classFile = withMethod(1, 1, code -> {
            code.visitVarInsn(Opcodes.ALOAD, 0);
            await("(Lio/github/jasyncio/Coroutine;)Ljava/lang/Object;", code);
            returnFinished(code);
        });

        Result result = Transformer.transform(classFile);

        assertThat(result.diagnostics()).extracting(Diagnostic::toString).containsExactly("""
                        Odd.make(Unknown Source): this version of jasyncio knows no await(Lio/github/jasyncio/Coroutine;)Ljava/lang/Object;
                            Use the runtime and the Maven plugin, agent or javac plugin of the same version.""");
        assertThatThrownBy(() -> run(result, Coroutine.done())).hasRootCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void more_local_variables_than_are_used() throws Exception {
        Result result = Transformer.transform(withMethod(1, 65_535, code -> {
            code.visitVarInsn(Opcodes.ALOAD, 0);
            await(AWAITABLE, code);
            returnFinished(code);
        }));

        assertThat(run(result, Coroutine.of("value"))).isEqualTo("value");
    }

    @Test
    void as_many_local_variables_as_there_can_be() {
        Result result = Transformer.transform(withMethod(1, 65_535, code -> {
            code.visitVarInsn(Opcodes.ALOAD, 0);
            await(AWAITABLE, code);
            code.visitVarInsn(Opcodes.ASTORE, 65_534);
            code.visitVarInsn(Opcodes.ALOAD, 65_534);
            returnFinished(code);
        }));

        assertThat(result.diagnostics()).extracting(Diagnostic::toString).containsExactly("""
                        Odd.make(Unknown Source): the rewritten method would take 65538 slots of local variables, more than the 65535 that a class file allows
                            Move parts of it into @Async methods of their own.""");
    }

    @Test
    void a_try_that_holds_nothing_but_a_call_that_is_taken_out() throws Exception {
        Result result = Transformer.transform(withMethod(2, 1, code -> {
            Label start = new Label();
            Label end = new Label();
            Label handler = new Label();
            code.visitTryCatchBlock(start, end, handler, null);
            code.visitVarInsn(Opcodes.ALOAD, 0);
            await(AWAITABLE, code);
            code.visitLabel(start);
            code.visitMethodInsn(
                    Opcodes.INVOKESTATIC,
                    "io/github/jasyncio/Coroutine",
                    "of",
                    "(Ljava/lang/Object;)Lio/github/jasyncio/Coroutine;",
                    false);
            code.visitLabel(end);
            code.visitInsn(Opcodes.ARETURN);
            code.visitLabel(handler);
            code.visitFrame(Opcodes.F_NEW, 1, new Object[] {"io/github/jasyncio/Coroutine"}, 1, new Object[] {
                "java/lang/Throwable"
            });
            code.visitInsn(Opcodes.ATHROW);
        }));

        assertThat(run(result, Coroutine.of("value"))).isEqualTo("value");
    }

    @Test
    void annotations_nested_deeper_than_the_stack() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "Odd", null, "java/lang/Object", null);
        writer.newUTF8("io/github/jasyncio/Asyncio");
        Deque<AnnotationVisitor> nested = new ArrayDeque<>(List.of(writer.visitAnnotation("LDeep;", false)));
        for (int i = 0; i < 100_000; i++) {
            nested.push(nested.element().visitArray("value"));
        }
        nested.forEach(AnnotationVisitor::visitEnd);
        writer.visitEnd();

        assertThatThrownBy(() -> Transformer.transform(writer.toByteArray()))
                .isInstanceOf(TransformException.class)
                .hasMessageStartingWith(
                        "could not rewrite Odd (a bug in jasyncio, or a malformed class file): java.lang.StackOverflowError");
    }

    @Test
    void classes_that_extend_each_other() {
        Result result = Transformer.transform(CompiledSource.compileOne("Odd", """
                import io.github.jasyncio.*;
                public class Odd extends Error {
                    @Async Coroutine<Integer> make(Odd odd) throws Odd { throw odd; }
                }
                """));
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "java/lang/Error", null, "Odd", null);

        assertThatCode(() -> Verification.verify(
                        result, name -> name.equals("Odd") ? result.classFile() : writer.toByteArray()))
                .isInstanceOf(TransformException.class)
                .hasMessageContaining("StackOverflowError");
    }

    @Test
    void more_async_methods_than_fit_into_a_class() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "Odd", null, "java/lang/Object", null);
        for (int i = 0; i < 5_000; i++) {
            method("make" + i, 2, 1, writer, code -> {
                code.visitVarInsn(Opcodes.ALOAD, 0);
                await(AWAITABLE, code);
                code.visitVarInsn(Opcodes.ALOAD, 0);
                await(AWAITABLE, code);
                code.visitInsn(Opcodes.POP);
                returnFinished(code);
            });
        }
        writer.visitEnd();

        assertThatThrownBy(() -> Transformer.transform(writer.toByteArray()))
                .isInstanceOf(TransformException.class)
                .hasMessageMatching(
                        "could not rewrite Odd: it would need \\d+ entries in its constant pool, more than the 65535"
                                + " that a class file allows: move some of its @Async methods into another class");
    }

    // ------------------------------------------------------------------------------------------------ making, running

    private static byte[] withMethod(int maxStack, int maxLocals, Consumer<MethodVisitor> body) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "Odd", null, "java/lang/Object", null);
        method("make", maxStack, maxLocals, writer, body);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void method(
            String name, int maxStack, int maxLocals, ClassWriter writer, Consumer<MethodVisitor> body) {
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, name, DESCRIPTOR, null, null);
        code.visitAnnotation("Lio/github/jasyncio/Async;", false).visitEnd();
        code.visitCode();
        body.accept(code);
        code.visitMaxs(maxStack, maxLocals);
        code.visitEnd();
    }

    private static void await(String descriptor, MethodVisitor code) {
        code.visitMethodInsn(Opcodes.INVOKESTATIC, "io/github/jasyncio/Asyncio", "await", descriptor, false);
    }

    private static void returnFinished(MethodVisitor code) {
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                "io/github/jasyncio/Coroutine",
                "of",
                "(Ljava/lang/Object;)Lio/github/jasyncio/Coroutine;",
                false);
        code.visitInsn(Opcodes.ARETURN);
    }

    private static @Nullable Object run(Result result, Coroutine<?> argument) throws ReflectiveOperationException {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        classes.put("Odd", result.classFile());
        result.frameClasses().forEach(frame -> classes.put(frame.className(), frame.classFile()));
        Object coroutine = new ClassFiles(classes)
                .loader()
                .loadClass("Odd")
                .getMethod("make", Coroutine.class)
                .invoke(null, argument);
        return new Execution().run((Frame<?>) coroutine);
    }
}
