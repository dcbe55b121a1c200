package io.github.jasyncio.transform;

import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * Holds what the transformer made to the rules of the virtual machine's verifier (JVMS 4.10) before it leaves a build: a mistake of ours is to show
 * there, and not as a {@code VerifyError} at two in the morning.
 */
public final class Verification {

    private final ClassHierarchy others;

    /**
     * For many classes, which refer to the same others: what was read of those is kept. Confined to one thread.
     *
     * @param others the classes that these refer to; what it does not find is believed
     */
    public Verification(ClassFiles others) {
        this.others = new ClassHierarchy(others);
    }

    /** The same for one class. */
    public static void verify(Result result, ClassFiles others) {
        if (result.rewritten()) {
            new Verification(others).verify(result);
        }
    }

    /**
     * Verifies a rewritten class and its frame classes; one that was not rewritten is none of our business.
     *
     * @throws TransformException if they are not valid, with the method and the reason
     */
    public void verify(Result result) {
        if (!result.rewritten()) {
            return;
        }
        Map<String, byte[]> frames = new HashMap<>();
        for (FrameClass frame : result.frameClasses()) {
            frames.put(frame.internalName(), frame.classFile());
        }
        ClassHierarchy hierarchy = new ClassHierarchy(frames::get, others);
        verify(result.classFile(), hierarchy);
        for (FrameClass frame : result.frameClasses()) {
            verify(frame.classFile(), hierarchy);
        }
    }

    private static void verify(byte[] classFile, ClassHierarchy hierarchy) {
        ClassNode node = new ClassNode();
        new ClassReader(classFile).accept(node, 0);
        for (MethodNode method : node.methods) {
            if ((method.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0) {
                continue;
            }
            try {
                new Analyzer<>(new HierarchyVerifier(node, hierarchy)).analyze(node.name, method);
            } catch (AnalyzerException | RuntimeException | StackOverflowError e) {
                throw new TransformException(
                        "could not rewrite " + Descriptors.className(node.name)
                                + " (a bug in jasyncio): the virtual machine would refuse " + method.name + method.desc
                                + ": " + (e instanceof AnalyzerException ? e.getMessage() : e),
                        e);
            }
        }
    }
}
