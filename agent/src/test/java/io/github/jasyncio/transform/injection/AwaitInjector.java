package io.github.jasyncio.transform.injection;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Makes async methods of the eager kind of a class's methods, with awaits at their instruction boundaries: {@code m} passes its arguments on to {@code
 * m$injected}, which holds the code, and waits for it.
 */
final class AwaitInjector {

    private static final String PUMP = "io/github/jasyncio/transform/injection/Pump";
    private static final String FUTURE = "java/util/concurrent/CompletableFuture";

    private final int round;
    private final int rounds;
    private int boundary;
    private int injected;

    /**
     * Injects at every {@code rounds}-th boundary, so that {@code rounds} rounds reach all of them without making methods too large.
     *
     * @param round which of them, from 0
     */
    AwaitInjector(int round, int rounds) {
        this.round = round;
        this.rounds = rounds;
    }

    /** How many awaits it has put anywhere. */
    int injected() {
        return injected;
    }

    /** The class with awaits, not yet rewritten. */
    byte[] inject(byte[] classFile) {
        ClassNode node = new ClassNode();
        new ClassReader(classFile).accept(node, ClassReader.EXPAND_FRAMES);
        for (MethodNode method : List.copyOf(node.methods)) {
            if (isEligible(node, method)) {
                node.methods.add(moveCode(node, method));
            }
        }
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        node.accept(writer);
        return writer.toByteArray();
    }

    private static boolean isEligible(ClassNode owner, MethodNode method) {
        int without = Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_SYNCHRONIZED | Opcodes.ACC_BRIDGE;
        if ((method.access & without) != 0
                || method.name.startsWith("<")
                || (owner.access & Opcodes.ACC_INTERFACE) != 0) {
            return false;
        }
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction.getOpcode() == Opcodes.MONITORENTER) {
                return false; // no await is legal while it is held; such methods are few
            }
        }
        return true;
    }

    private MethodNode moveCode(ClassNode owner, MethodNode method) {
        Type returned = Type.getReturnType(method.desc);
        int access = Opcodes.ACC_PRIVATE | (method.access & Opcodes.ACC_STATIC);
        String descriptor = Type.getMethodDescriptor(Type.getObjectType(FUTURE), Type.getArgumentTypes(method.desc));
        MethodNode moved = new MethodNode(access, method.name + "$injected", descriptor, null, null);
        AnnotationNode async = new AnnotationNode("Lio/github/jasyncio/Async;");
        moved.invisibleAnnotations = new ArrayList<>(List.of(async));
        moved.instructions = method.instructions;
        moved.tryCatchBlocks = method.tryCatchBlocks;
        moved.localVariables = method.localVariables;
        moved.maxLocals = method.maxLocals;
        moved.maxStack = method.maxStack;
        for (AbstractInsnNode instruction : moved.instructions.toArray()) {
            if (instruction.getOpcode() >= 0) {
                if (boundary++ % rounds == round) {
                    if (instruction.getOpcode() == Opcodes.NEW) {
                        renameUninitialised(instruction, moved.instructions);
                    }
                    AbstractInsnNode at =
                            instruction.getOpcode() == Opcodes.NEW ? instruction.getPrevious() : instruction;
                    moved.instructions.insertBefore(at, await());
                    injected++;
                }
                if (instruction.getOpcode() >= Opcodes.IRETURN && instruction.getOpcode() <= Opcodes.RETURN) {
                    returnFuture(instruction, returned, moved.instructions);
                }
            }
        }
        method.instructions = callAndWait(owner, method, moved, returned);
        method.tryCatchBlocks = new ArrayList<>();
        method.localVariables = null;
        method.visibleLocalVariableAnnotations = null;
        method.invisibleLocalVariableAnnotations = null;
        return moved;
    }

    /** Frames name an uninitialised object by the label at its {@code NEW}; that label will stand at the await, so the object gets another. */
    private static void renameUninitialised(AbstractInsnNode made, InsnList code) {
        Set<AbstractInsnNode> labels = new HashSet<>();
        for (AbstractInsnNode at = made.getPrevious(); at != null && at.getOpcode() < 0; at = at.getPrevious()) {
            labels.add(at);
        }
        LabelNode name = new LabelNode();
        code.insertBefore(made, name);
        for (AbstractInsnNode instruction : code) {
            if (instruction instanceof FrameNode frame) {
                frame.local.replaceAll(type -> labels.contains(type) ? name : type);
                frame.stack.replaceAll(type -> labels.contains(type) ? name : type);
            }
        }
    }

    private static InsnList await() {
        InsnList code = new InsnList();
        code.add(new MethodInsnNode(Opcodes.INVOKESTATIC, PUMP, "point", "()Ljava/util/concurrent/CompletionStage;"));
        code.add(new MethodInsnNode(
                Opcodes.INVOKESTATIC,
                "io/github/jasyncio/Asyncio",
                "await",
                "(Ljava/util/concurrent/CompletionStage;)Ljava/lang/Object;"));
        code.add(new InsnNode(Opcodes.POP));
        return code;
    }

    private static void returnFuture(AbstractInsnNode returning, Type returned, InsnList code) {
        InsnList boxed = new InsnList();
        if (returned.getSort() == Type.VOID) {
            boxed.add(new InsnNode(Opcodes.ACONST_NULL));
        } else if (isPrimitive(returned)) {
            String box = boxOf(returned);
            boxed.add(new MethodInsnNode(
                    Opcodes.INVOKESTATIC, box, "valueOf", "(" + returned.getDescriptor() + ")L" + box + ";"));
        }
        boxed.add(new MethodInsnNode(
                Opcodes.INVOKESTATIC, FUTURE, "completedFuture", "(Ljava/lang/Object;)L" + FUTURE + ";"));
        code.insertBefore(returning, boxed);
        code.set(returning, new InsnNode(Opcodes.ARETURN));
    }

    private static InsnList callAndWait(ClassNode owner, MethodNode method, MethodNode moved, Type returned) {
        InsnList code = new InsnList();
        boolean isStatic = (method.access & Opcodes.ACC_STATIC) != 0;
        int slot = 0;
        if (!isStatic) {
            code.add(new VarInsnNode(Opcodes.ALOAD, slot++));
        }
        for (Type argument : Type.getArgumentTypes(method.desc)) {
            code.add(new VarInsnNode(argument.getOpcode(Opcodes.ILOAD), slot));
            slot += argument.getSize();
        }
        code.add(new MethodInsnNode(
                isStatic ? Opcodes.INVOKESTATIC : Opcodes.INVOKESPECIAL, owner.name, moved.name, moved.desc));
        code.add(new MethodInsnNode(Opcodes.INVOKESTATIC, PUMP, "join", "(L" + FUTURE + ";)Ljava/lang/Object;"));
        if (returned.getSort() == Type.VOID) {
            code.add(new InsnNode(Opcodes.POP));
        } else if (isPrimitive(returned)) {
            String box = boxOf(returned);
            code.add(new TypeInsnNode(Opcodes.CHECKCAST, box));
            code.add(new MethodInsnNode(
                    Opcodes.INVOKEVIRTUAL, box, returned.getClassName() + "Value", "()" + returned.getDescriptor()));
        } else {
            code.add(new TypeInsnNode(Opcodes.CHECKCAST, returned.getInternalName()));
        }
        code.add(new InsnNode(returned.getOpcode(Opcodes.IRETURN)));
        return code;
    }

    private static boolean isPrimitive(Type type) {
        return type.getSort() <= Type.DOUBLE;
    }

    private static String boxOf(Type type) {
        return switch (type.getSort()) {
            case Type.BOOLEAN -> "java/lang/Boolean";
            case Type.BYTE -> "java/lang/Byte";
            case Type.CHAR -> "java/lang/Character";
            case Type.SHORT -> "java/lang/Short";
            case Type.INT -> "java/lang/Integer";
            case Type.LONG -> "java/lang/Long";
            case Type.FLOAT -> "java/lang/Float";
            default -> "java/lang/Double";
        };
    }
}
