package io.github.jasyncio.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.transform.harness.ClassFiles;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Classes that were rewritten by another version than that of the runtime. */
class ProtocolTest {

    private static final int ANOTHER = 77;

    private static final String SOURCE = """
            package shop;
            import io.github.jasyncio.*;
            public class Orders {
                @Async public static Coroutine<String> name() {
                    return Coroutine.of("it");
                }
            }
            """;

    @Test
    void the_class_is_told_what_to_do() throws Exception {
        Map<String, byte[]> classFiles = rewritten();
        classFiles.replaceAll((name, bytes) -> name.contains("$") ? ofAnotherProtocol(bytes) : bytes);

        assertThatThrownBy(() -> callName(classFiles))
                .isInstanceOf(IncompatibleClassChangeError.class)
                .hasMessage("shop.Orders was rewritten by a version of jasyncio that does not fit this runtime"
                        + " (it speaks protocol 77, the runtime speaks 1); use the runtime and the Maven plugin, agent"
                        + " or javac plugin of the same version, and compile the class anew");
    }

    @Test
    void the_same_protocol_passes() throws Throwable {
        assertThat(callName(rewritten())).hasToString("<coroutine created shop.Orders.name(Orders.java:5)>");
    }

    private static Map<String, byte[]> rewritten() {
        Result result = Transformer.transform(CompiledSource.compileOne("shop.Orders", SOURCE, "-g"));
        Map<String, byte[]> classFiles = new HashMap<>();
        classFiles.put("shop.Orders", result.classFile());
        result.frameClasses().forEach(frame -> classFiles.put(frame.className(), frame.classFile()));
        return classFiles;
    }

    private static byte[] ofAnotherProtocol(byte[] frameClass) {
        ClassNode node = new ClassNode();
        new ClassReader(frameClass).accept(node, 0);
        MethodNode start = node.methods.stream()
                .filter(method -> method.name.equals("<clinit>"))
                .findFirst()
                .orElseThrow();
        assertThat(start.instructions.getFirst())
                .isInstanceOf(InsnNode.class)
                .returns(Opcodes.ICONST_0 + CoreNames.PROTOCOL, instruction -> instruction.getOpcode());
        start.instructions.set(start.instructions.getFirst(), new IntInsnNode(Opcodes.BIPUSH, ANOTHER));
        ClassWriter writer = new ClassWriter(0);
        node.accept(writer);
        return writer.toByteArray();
    }

    private static Object callName(Map<String, byte[]> classFiles) throws Throwable {
        try {
            return new ClassFiles(classFiles)
                    .loader()
                    .loadClass("shop.Orders")
                    .getMethod("name")
                    .invoke(null);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
