package io.github.jasyncio.transform.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Moves the code of each async method of the lazy kind into an async generator, which emits what it awaited; {@link Drain} awaits it in its place and sends
 * back what that comes to, or throws it at the emit. So an emit stands wherever an await stood, and the program does the same.
 *
 * <pre>
 *   Coroutine f(A a) { ... await(x) ... return c; }      becomes
 *
 *   Coroutine f(A a) { return Drain.of(generate$0(this, a)); }
 *   AsyncGenerator generate$0(This this, A a) { ... emit(x) ... emit(Drain.returned(c)); return AsyncGenerator.done(); }
 * </pre>
 */
public final class ThroughGenerators {

    private static final String ASYNC = "Lio/github/jasyncio/Async;";
    private static final String ASYNCIO = "io/github/jasyncio/Asyncio";
    private static final String COROUTINE = "Lio/github/jasyncio/Coroutine;";
    private static final String GENERATOR = "io/github/jasyncio/AsyncGenerator";
    private static final String DRAIN = Drain.class.getName().replace('.', '/');

    private ThroughGenerators() {}

    /** The classes, changed so. */
    public static ClassFiles of(ClassFiles classes) {
        Map<String, byte[]> changed = new TreeMap<>();
        classes.asMap().forEach((name, bytes) -> changed.put(name, change(bytes)));
        return new ClassFiles(changed);
    }

    private static byte[] change(byte[] bytes) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, 0);
        int number = 0;
        for (MethodNode method : List.copyOf(node.methods)) {
            if (isLazy(method)) {
                node.methods.add(generator(node, method, number++));
            }
        }
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        node.accept(writer);
        return writer.toByteArray();
    }

    private static boolean isLazy(MethodNode method) {
        boolean isAnnotated = isAsync(method.invisibleAnnotations);
        boolean isLambda =
                (method.access & Opcodes.ACC_SYNTHETIC) != 0 && method.name.startsWith("lambda$") && hasAwaits(method);
        return (isAnnotated || isLambda)
                && (method.access & (Opcodes.ACC_BRIDGE | Opcodes.ACC_ABSTRACT)) == 0
                && Type.getReturnType(method.desc).getDescriptor().equals(COROUTINE);
    }

    private static boolean isAsync(@Nullable List<AnnotationNode> annotations) {
        return annotations != null && annotations.stream().anyMatch(annotation -> annotation.desc.equals(ASYNC));
    }

    private static boolean hasAwaits(MethodNode method) {
        for (AbstractInsnNode instruction : method.instructions) {
            if (isAwait(instruction)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAwait(AbstractInsnNode instruction) {
        return instruction instanceof MethodInsnNode call && call.owner.equals(ASYNCIO) && call.name.equals("await");
    }

    /** Takes the code away from {@code method}, which calls what is made of it. */
    private static MethodNode generator(ClassNode owner, MethodNode method, int number) {
        boolean isStatic = (method.access & Opcodes.ACC_STATIC) != 0;
        boolean isInInterface = (owner.access & Opcodes.ACC_INTERFACE) != 0;
        List<Type> parameters = new ArrayList<>();
        if (!isStatic) {
            parameters.add(Type.getObjectType(owner.name));
        }
        parameters.addAll(List.of(Type.getArgumentTypes(method.desc)));
        String descriptor = Type.getMethodDescriptor(Type.getObjectType(GENERATOR), parameters.toArray(Type[]::new));
        int access = Opcodes.ACC_STATIC | (isInInterface ? Opcodes.ACC_PUBLIC : Opcodes.ACC_PRIVATE);
        MethodNode generator = new MethodNode(access, "generate$" + number, descriptor, null, null);
        generator.invisibleAnnotations = new ArrayList<>(List.of(new AnnotationNode(ASYNC)));
        generator.instructions = method.instructions;
        generator.tryCatchBlocks = method.tryCatchBlocks;
        generator.localVariables = method.localVariables;
        generator.maxLocals = method.maxLocals;
        emitInPlaceOfAwaiting(generator.instructions);

        if (method.invisibleAnnotations != null) {
            method.invisibleAnnotations.removeIf(annotation -> annotation.desc.equals(ASYNC));
        }
        method.instructions = new InsnList();
        method.tryCatchBlocks = new ArrayList<>();
        method.localVariables = null;
        int slot = 0;
        for (Type parameter : parameters) {
            method.instructions.add(new VarInsnNode(parameter.getOpcode(Opcodes.ILOAD), slot));
            slot += parameter.getSize();
        }
        method.instructions.add(
                new MethodInsnNode(Opcodes.INVOKESTATIC, owner.name, generator.name, descriptor, isInInterface));
        method.instructions.add(
                new MethodInsnNode(Opcodes.INVOKESTATIC, DRAIN, "of", "(L" + GENERATOR + ";)" + COROUTINE));
        method.instructions.add(new InsnNode(Opcodes.ARETURN));
        return generator;
    }

    private static void emitInPlaceOfAwaiting(InsnList code) {
        for (AbstractInsnNode instruction : code.toArray()) {
            if (isAwait(instruction)) {
                code.set(instruction, emit());
            } else if (instruction.getOpcode() == Opcodes.ARETURN) {
                code.insertBefore(
                        instruction,
                        new MethodInsnNode(
                                Opcodes.INVOKESTATIC, DRAIN, "returned", "(" + COROUTINE + ")Ljava/lang/Object;"));
                code.insertBefore(instruction, emit());
                code.insertBefore(instruction, new InsnNode(Opcodes.POP));
                code.insertBefore(
                        instruction,
                        new MethodInsnNode(Opcodes.INVOKESTATIC, GENERATOR, "done", "()L" + GENERATOR + ";"));
            }
        }
    }

    private static MethodInsnNode emit() {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, ASYNCIO, "emit", "(Ljava/lang/Object;)Ljava/lang/Object;");
    }
}
