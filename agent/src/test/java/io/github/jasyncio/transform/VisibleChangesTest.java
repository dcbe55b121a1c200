package io.github.jasyncio.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.transform.harness.ClassFiles;
import java.io.ObjectStreamClass;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ByteVector;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What others see of a class through reflection, serialization and attributes of their own is the same when it is rewritten. */
class VisibleChangesTest {

    private static final String HEAD = """
            package shop;
            import static io.github.jasyncio.Asyncio.await;
            import io.github.jasyncio.*;
            import java.io.*;
            interface Inherited extends Serializable {}
            """;

    private static final String METHODS = """
                @Async public Coroutine<Integer> price(int n) { return Coroutine.of(n + await(own(n))); }
                @Async static Coroutine<Integer> total() { java.util.function.IntFunction<Coroutine<Integer>> f = i -> Coroutine.of(await(Coroutine.of(i))); return f.apply(3); }
                @Async private Coroutine<Integer> own(int n) { return Coroutine.of(n); }
                @Async protected java.util.concurrent.CompletableFuture<Integer> eager() { return java.util.concurrent.CompletableFuture.completedFuture(4); }
            }
            """;

    // ------------------------------------------------------------------------------------------------ serialization

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public class Orders implements Serializable { int n; private transient int m; static String s = \"s\"; protected Orders(int n) {}",
                "class Orders implements Externalizable { public Orders() {} public void readExternal(ObjectInput in) {} public void writeExternal(ObjectOutput out) {}",
                "abstract class Orders extends Exception implements Comparable<Orders> { Orders() { super(\"m\"); }",
                "final class Orders implements Serializable { private static final long serialVersionUID = 42; ",
                "class Orders implements Inherited { ",
                "interface Orders extends Inherited { @Async default Coroutine<Integer> price(int n) { return Coroutine.of(n); }}//",
                "class Orders { Object nested = new Nested(); static class Nested implements Serializable { ",
                "class Orders { Object nested = new Nested(); private class Nested implements Serializable { ",
            })
    void the_serial_version_is_what_it_was(String declaration) throws Exception {
        boolean isNested = declaration.contains("nested");
        Map<String, byte[]> plain = CompiledSource.compile(
                "shop.Orders", HEAD + declaration + members(declaration) + (isNested ? "}" : ""));
        String name = isNested ? "shop.Orders$Nested" : "shop.Orders";

        assertThat(serialVersion(name, rewritten(plain))).isEqualTo(serialVersion(name, plain));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class Orders {",
                "interface Orders { @Async default Coroutine<Integer> price(int n) { return Coroutine.of(n); }}//",
                "enum Orders implements Serializable { A;",
                "record Orders(int n) implements Serializable {",
                "class Orders implements Serializable { private static final long serialVersionUID = 42; ",
            })
    void a_class_that_needs_none_gets_no_field(String declaration) throws Exception {
        Map<String, byte[]> plain = CompiledSource.compile("shop.Orders", HEAD + declaration + members(declaration));

        assertThat(fields(rewritten(plain))).isEqualTo(fields(plain));
    }

    /** A declaration that ends as a comment does has members of its own. */
    private static String members(String declaration) {
        return declaration.endsWith("//") ? "" : METHODS;
    }

    private static long serialVersion(String name, Map<String, byte[]> classes) throws ClassNotFoundException {
        return ObjectStreamClass.lookupAny(new ClassFiles(classes).loader().loadClass(name))
                .getSerialVersionUID();
    }

    private static List<String> fields(Map<String, byte[]> classes) throws ClassNotFoundException {
        Class<?> orders = new ClassFiles(classes).loader().loadClass("shop.Orders");
        return Stream.of(orders.getDeclaredFields()).map(Object::toString).toList();
    }

    // ------------------------------------------------------------------------------------------------ reflection

    @Test
    void all_that_is_not_synthetic_looks_as_before() throws Exception {
        Map<String, byte[]> plain = CompiledSource.compile("shop.Orders", HEAD + """
                public class Orders<T extends Number> implements Serializable {
                    @Deprecated @Async public <X extends IOException> Coroutine<T> generic(@Deprecated T t, final int... more) throws X { return Coroutine.of(t); }
                """ + METHODS, "-g", "-parameters");

        assertThat(members(rewritten(plain))).isEqualTo(members(plain));
    }

    private static List<String> members(Map<String, byte[]> classes) throws ClassNotFoundException {
        Class<?> orders = new ClassFiles(classes).loader().loadClass("shop.Orders");
        List<String> members = new ArrayList<>();
        for (Method method : orders.getDeclaredMethods()) {
            if (!method.isSynthetic()) {
                members.add(method.toGenericString()
                        + List.of(method.getAnnotations())
                        + List.of(method.getParameters())
                        + List.of(method.getParameters()).stream()
                                .map(p -> List.of(p.getAnnotations()))
                                .toList());
            }
        }
        members.sort(null);
        members.add(List.of(orders.getDeclaredClasses()) + " " + List.of(orders.getDeclaredConstructors()) + " "
                + List.of(orders.getNestMembers()) + " " + orders.getModifiers() + " "
                + List.of(orders.getAnnotations()));
        return members;
    }

    // ------------------------------------------------------------------------------------------------ attributes

    @Test
    void attributes_of_others_still_say_what_they_said() {
        byte[] plain = withAttributes(CompiledSource.compileOne("shop.Orders", HEAD + """
                public class Orders {
                    int field;
                    int plain() { return field; }
                """ + METHODS));
        byte[] rewritten = Transformer.transform(plain).classFile();

        List<String> before = attributes(plain);
        List<String> behind = attributes(rewritten);

        assertThat(before)
                .contains(
                        "class: text java/util/Random",
                        "field: text java/util/Random",
                        "price: text java/util/Random",
                        "code of price: text java/util/Random",
                        "code of plain: text java/util/Random");
        assertThat(behind)
                .as("of code that is another now, nothing is said")
                .containsExactlyElementsOf(before.stream()
                        .filter(a -> !a.startsWith("code of ")
                                || a.startsWith("code of plain")
                                || a.startsWith("code of <init>"))
                        .toList());
    }

    private static byte[] withAttributes(byte[] classFile) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9, writer) {
                            @Override
                            public FieldVisitor visitField(int a, String name, String d, String s, Object value) {
                                FieldVisitor field = super.visitField(a, name, d, s, value);
                                field.visitAttribute(new Foreign(false, ""));
                                return field;
                            }

                            @Override
                            public MethodVisitor visitMethod(int a, String name, String d, String s, String[] e) {
                                return new MethodVisitor(Opcodes.ASM9, super.visitMethod(a, name, d, s, e)) {
                                    @Override
                                    public void visitCode() {
                                        visitAttribute(new Foreign(false, ""));
                                        super.visitCode();
                                    }

                                    @Override
                                    public void visitMaxs(int maxStack, int maxLocals) {
                                        visitAttribute(new Foreign(true, ""));
                                        super.visitMaxs(maxStack, maxLocals);
                                    }
                                };
                            }

                            @Override
                            public void visitEnd() {
                                visitAttribute(new Foreign(false, ""));
                                super.visitEnd();
                            }
                        },
                        0);
        return writer.toByteArray();
    }

    private static List<String> attributes(byte[] classFile) {
        List<String> found = new ArrayList<>();
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public void visitAttribute(Attribute attribute) {
                                found.add("class: " + attribute);
                            }

                            @Override
                            public FieldVisitor visitField(int a, String name, String d, String s, Object value) {
                                return new FieldVisitor(Opcodes.ASM9) {
                                    @Override
                                    public void visitAttribute(Attribute attribute) {
                                        found.add(name + ": " + attribute);
                                    }
                                };
                            }

                            @Override
                            public MethodVisitor visitMethod(int a, String name, String d, String s, String[] e) {
                                return new MethodVisitor(Opcodes.ASM9) {
                                    @Override
                                    public void visitAttribute(Attribute attribute) {
                                        found.add((attribute.isCodeAttribute() ? "code of " : "") + name + ": "
                                                + attribute);
                                    }
                                };
                            }
                        },
                        new Attribute[] {new Foreign(false, "")},
                        0);
        found.removeIf(line -> line.contains("lambda$") && line.contains("async$"));
        found.sort(null);
        return found;
    }

    /** Holds a CONSTANT_Utf8 and a CONSTANT_Class. */
    private static final class Foreign extends Attribute {

        private final boolean isOfCode;
        private final String content;

        Foreign(boolean isOfCode, String content) {
            super("Foreign");
            this.isOfCode = isOfCode;
            this.content = content;
        }

        @Override
        public boolean isCodeAttribute() {
            return isOfCode;
        }

        @Override
        protected Attribute read(ClassReader in, int at, int length, char[] buffer, int code, Label[] labels) {
            return new Foreign(code >= 0, in.readUTF8(at, buffer) + " " + in.readClass(at + 2, buffer));
        }

        @Override
        protected ByteVector write(ClassWriter writer, byte[] code, int codeLength, int maxStack, int maxLocals) {
            return new ByteVector().putShort(writer.newUTF8("text")).putShort(writer.newClass("java/util/Random"));
        }

        @Override
        public String toString() {
            return content;
        }
    }

    private static Map<String, byte[]> rewritten(Map<String, byte[]> classes) {
        Map<String, byte[]> rewritten = new LinkedHashMap<>();
        classes.forEach((name, classFile) -> {
            Result result = Transformer.transform(classFile);
            assertThat(result.hasErrors()).as("%s", result.diagnostics()).isFalse();
            rewritten.put(name, result.classFile());
            result.frameClasses().forEach(frame -> rewritten.put(frame.className(), frame.classFile()));
        });
        return rewritten;
    }
}
