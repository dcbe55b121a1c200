package io.github.jasyncio.transform.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.util.CheckClassAdapter;
import org.objectweb.asm.util.Textifier;
import org.objectweb.asm.util.TraceMethodVisitor;

/** Holds rewritten classes to the rules of the class file format, by ASM's verifier; the virtual machine's own comes at loading. */
final class BytecodeCheck {

    private BytecodeCheck() {}

    /** @throws AssertionError with all that is wrong */
    static void check(ClassFiles classes) {
        ClassHierarchy hierarchy = new ClassHierarchy(classes);
        List<String> mistakes = new ArrayList<>();
        classes.asMap().forEach((name, bytes) -> {
            try {
                ClassNode node = new ClassNode();
                new ClassReader(bytes).accept(node, 0);
                checkStructure(bytes);
                for (MethodNode method : node.methods) {
                    checkMethod(node, method, hierarchy, mistakes);
                }
            } catch (RuntimeException e) {
                mistakes.add(name + ": " + e);
            }
        });
        if (!mistakes.isEmpty()) {
            throw new AssertionError("invalid bytecode:\n" + String.join("\n", mistakes));
        }
    }

    private static void checkStructure(byte[] bytes) {
        new ClassReader(bytes).accept(new CheckClassAdapter(new ClassWriter(0), false), 0);
    }

    private static void checkMethod(
            ClassNode owner, MethodNode method, ClassHierarchy hierarchy, List<String> mistakes) {
        String where = owner.name.replace('/', '.') + "." + method.name + method.desc;
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof MethodInsnNode call
                    && call.owner.equals("io/github/jasyncio/Asyncio")
                    && call.name.equals("await")) {
                mistakes.add(where + ": await was not rewritten");
            }
        }
        if ((method.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0) {
            return;
        }
        Type superClass = owner.superName == null ? null : Type.getObjectType(owner.superName);
        ResourceVerifier verifier = new ResourceVerifier(
                Type.getObjectType(owner.name),
                superClass,
                owner.interfaces.stream().map(Type::getObjectType).toList(),
                (owner.access & Opcodes.ACC_INTERFACE) != 0,
                hierarchy);
        try {
            new Analyzer<>(verifier).analyze(owner.name, method);
        } catch (AnalyzerException e) {
            mistakes.add(where + ": " + e.getMessage() + "\n" + excerpt(method, e.node));
        }
    }

    /** The instructions around the wrong one. */
    private static String excerpt(MethodNode method, @Nullable AbstractInsnNode wrong) {
        Textifier textifier = new Textifier();
        method.accept(new TraceMethodVisitor(textifier));
        int from = method.instructions.size() - textifier.getText().size();
        int index = wrong == null ? 0 : method.instructions.indexOf(wrong) - from;
        return textifier.getText().stream()
                .skip(Math.max(0, index - 12))
                .limit(20)
                .map(Object::toString)
                .collect(Collectors.joining());
    }
}
