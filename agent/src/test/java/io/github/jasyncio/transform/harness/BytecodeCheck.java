package io.github.jasyncio.transform.harness;

import io.github.jasyncio.transform.FrameClass;
import io.github.jasyncio.transform.Result;
import io.github.jasyncio.transform.TransformException;
import io.github.jasyncio.transform.Verification;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.util.CheckClassAdapter;

/** Holds what the transformer made to the rules of the class file format; the virtual machine's own verifier comes at loading. */
public final class BytecodeCheck {

    private BytecodeCheck() {}

    /**
     * Checks a class and its frame classes.
     *
     * @param others the classes that were given to the transformer
     * @throws AssertionError if something is wrong
     */
    public static void check(Result result, ClassFiles others) {
        try {
            Verification.verify(result, internalName -> find(internalName, others));
            checkStructure(result.classFile());
            for (FrameClass frame : result.frameClasses()) {
                checkStructure(frame.classFile());
            }
        } catch (TransformException | IllegalArgumentException | IllegalStateException e) {
            throw new AssertionError("invalid bytecode: " + e.getMessage(), e);
        }
        checkAwaits(result.classFile());
    }

    /** What is to be found nowhere, the verifier would believe. */
    private static byte[] find(String internalName, ClassFiles others) {
        byte[] ours = others.bytes(internalName.replace('/', '.'));
        if (ours != null) {
            return ours;
        }
        try (InputStream in = BytecodeCheck.class.getClassLoader().getResourceAsStream(internalName + ".class")) {
            if (in == null) {
                throw new IllegalArgumentException("no class file of " + internalName);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void checkStructure(byte[] bytes) {
        new ClassReader(bytes).accept(new CheckClassAdapter(new ClassWriter(0), false), 0);
    }

    private static void checkAwaits(byte[] bytes) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, 0);
        for (MethodNode method : node.methods) {
            for (AbstractInsnNode instruction : method.instructions) {
                if (instruction instanceof MethodInsnNode call
                        && call.owner.equals("io/github/jasyncio/Asyncio")
                        && call.name.equals("await")) {
                    throw new AssertionError(node.name + "." + method.name + ": await was not rewritten");
                }
            }
        }
    }
}
