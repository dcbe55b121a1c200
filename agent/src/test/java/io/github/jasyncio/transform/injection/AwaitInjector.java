package io.github.jasyncio.transform.injection;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
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
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Makes async methods of a class's methods, of the eager kind or generators that emit their only value, with an await at each of their instruction boundaries: {@code m} passes its arguments on to
 * {@code m$injected}, a copy of it with awaits, and waits for what comes of it; or, when it was called so often that it takes too long, it goes on with its
 * own code.
 */
final class AwaitInjector {

    private static final String PUMP = "io/github/jasyncio/transform/injection/Pump";
    private static final String INJECTED = "$injected";
    private static final String FUTURE = "java/util/concurrent/CompletableFuture";
    private static final String GENERATOR = "io/github/jasyncio/AsyncGenerator";
    private static final String ASYNCIO = "io/github/jasyncio/Asyncio";

    /** Awaits times what each takes, roughly: up to here a method stays small enough for a class file. */
    private static final int MOST_CODE = 10_000;

    private final int round;
    private final boolean emits;
    private int methods;
    private int awaits;

    /**
     * Injects at every boundary; in a method that would become too large, at every second, say.
     *
     * @param round at which of them, from 0; beyond the last it begins again
     * @param emits whether the methods hand their results out by emit, as async generators do
     */
    AwaitInjector(int round, boolean emits) {
        this.round = round;
        this.emits = emits;
    }

    /** How many methods it has made async. */
    int methods() {
        return methods;
    }

    /** How many awaits it has put anywhere. */
    int awaits() {
        return awaits;
    }

    /** The class with awaits, not yet rewritten. */
    byte[] inject(byte[] classFile) {
        ClassNode node = new ClassNode();
        new ClassReader(classFile).accept(node, ClassReader.EXPAND_FRAMES);
        for (MethodNode method : List.copyOf(node.methods)) {
            if (isEligible(method)) {
                node.methods.add(injectedCopy(method));
                method.instructions.insert(callCopy(node, method, methods++));
            }
        }
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        node.accept(writer);
        return writer.toByteArray();
    }

    /** Where an await is legal at all: not in a constructor or static initialiser, and not while the monitor of a synchronized method is held. */
    private static boolean isEligible(MethodNode method) {
        int without = Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_SYNCHRONIZED | Opcodes.ACC_BRIDGE;
        return (method.access & without) == 0 && !method.name.startsWith("<");
    }

    /** The instructions in front of which an await is legal: not those of synchronized blocks, nor what javac puts between them and their handlers. */
    private static Set<AbstractInsnNode> boundaries(InsnList code) {
        Set<AbstractInsnNode> boundaries = new LinkedHashSet<>();
        Set<AbstractInsnNode> sinceEnter = new LinkedHashSet<>();
        boolean entered = false;
        for (AbstractInsnNode instruction : code) {
            if (instruction.getOpcode() < 0) {
                continue;
            }
            (entered ? sinceEnter : boundaries).add(instruction);
            if (instruction.getOpcode() == Opcodes.MONITORENTER) {
                entered = true;
            } else if (instruction.getOpcode() == Opcodes.MONITOREXIT) {
                sinceEnter.clear();
            }
        }
        boundaries.addAll(sinceEnter);
        return boundaries;
    }

    private MethodNode injectedCopy(MethodNode method) {
        int access = Opcodes.ACC_PRIVATE | (method.access & Opcodes.ACC_STATIC);
        MethodNode copy = new MethodNode(access, method.name + INJECTED, descriptorOfCopy(method), null, null);
        method.accept(copy);
        copy.visibleAnnotations = null;
        copy.invisibleAnnotations = new ArrayList<>(List.of(new AnnotationNode("Lio/github/jasyncio/Async;")));
        InsnList code = copy.instructions;
        Set<AbstractInsnNode> boundaries = boundaries(code);
        int every = 1 + boundaries.size() * (8 + method.maxLocals) / MOST_CODE;
        int boundary = 0;
        for (AbstractInsnNode instruction : code.toArray()) {
            if (boundaries.contains(instruction) && boundary++ % every == round % every) {
                boolean isNew = instruction.getOpcode() == Opcodes.NEW;
                if (isNew) {
                    renameUninitialised(instruction, code);
                }
                code.insertBefore(isNew ? instruction.getPrevious() : instruction, await(awaits++));
            }
            if (instruction.getOpcode() >= Opcodes.IRETURN && instruction.getOpcode() <= Opcodes.RETURN) {
                handOut(instruction, Type.getReturnType(method.desc), code);
            }
        }
        return copy;
    }

    private String descriptorOfCopy(MethodNode method) {
        return Type.getMethodDescriptor(Type.getObjectType(returned()), Type.getArgumentTypes(method.desc));
    }

    /** What a copy returns. */
    private String returned() {
        return emits ? GENERATOR : FUTURE;
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

    private static InsnList await(int point) {
        InsnList code = new InsnList();
        code.add(new LdcInsnNode(point));
        code.add(new MethodInsnNode(Opcodes.INVOKESTATIC, PUMP, "point", "(I)Ljava/util/concurrent/CompletionStage;"));
        code.add(new MethodInsnNode(
                Opcodes.INVOKESTATIC, ASYNCIO, "await", "(Ljava/util/concurrent/CompletionStage;)Ljava/lang/Object;"));
        code.add(new InsnNode(Opcodes.POP));
        return code;
    }

    private void handOut(AbstractInsnNode returning, Type returned, InsnList code) {
        InsnList boxed = new InsnList();
        if (returned.getSort() == Type.VOID) {
            boxed.add(new InsnNode(Opcodes.ACONST_NULL));
        } else if (isPrimitive(returned)) {
            String box = boxOf(returned);
            boxed.add(new MethodInsnNode(
                    Opcodes.INVOKESTATIC, box, "valueOf", "(" + returned.getDescriptor() + ")L" + box + ";"));
        }
        if (emits) {
            boxed.add(new MethodInsnNode(
                    Opcodes.INVOKESTATIC, ASYNCIO, "emit", "(Ljava/lang/Object;)Ljava/lang/Object;"));
            boxed.add(new InsnNode(Opcodes.POP));
            boxed.add(new MethodInsnNode(Opcodes.INVOKESTATIC, GENERATOR, "done", "()L" + GENERATOR + ";"));
        } else {
            boxed.add(new MethodInsnNode(
                    Opcodes.INVOKESTATIC, FUTURE, "completedFuture", "(Ljava/lang/Object;)L" + FUTURE + ";"));
        }
        code.insertBefore(returning, boxed);
        code.set(returning, new InsnNode(Opcodes.ARETURN));
    }

    /** Goes in front of a method's own code. */
    private InsnList callCopy(ClassNode owner, MethodNode method, int number) {
        InsnList code = new InsnList();
        LabelNode own = new LabelNode();
        code.add(new LdcInsnNode(number));
        code.add(new MethodInsnNode(Opcodes.INVOKESTATIC, PUMP, "isOn", "(I)Z"));
        code.add(new JumpInsnNode(Opcodes.IFEQ, own));
        boolean isStatic = (method.access & Opcodes.ACC_STATIC) != 0;
        List<Object> locals = new ArrayList<>();
        int slot = 0;
        if (!isStatic) {
            code.add(new VarInsnNode(Opcodes.ALOAD, slot++));
            locals.add(owner.name);
        }
        for (Type argument : Type.getArgumentTypes(method.desc)) {
            code.add(new VarInsnNode(argument.getOpcode(Opcodes.ILOAD), slot));
            slot += argument.getSize();
            locals.add(verificationType(argument));
        }
        code.add(new MethodInsnNode(
                isStatic ? Opcodes.INVOKESTATIC : Opcodes.INVOKESPECIAL,
                owner.name,
                method.name + INJECTED,
                descriptorOfCopy(method),
                (owner.access & Opcodes.ACC_INTERFACE) != 0));
        code.add(new MethodInsnNode(Opcodes.INVOKESTATIC, PUMP, "join", "(L" + returned() + ";)Ljava/lang/Object;"));
        code.add(unboxAndReturn(Type.getReturnType(method.desc)));
        code.add(own);
        code.add(new FrameNode(Opcodes.F_NEW, locals.size(), locals.toArray(), 0, new Object[0]));
        code.add(new InsnNode(Opcodes.NOP)); // the method may begin with a frame, too
        return code;
    }

    private static InsnList unboxAndReturn(Type returned) {
        InsnList code = new InsnList();
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

    private static Object verificationType(Type type) {
        return switch (type.getSort()) {
            case Type.BOOLEAN, Type.BYTE, Type.CHAR, Type.SHORT, Type.INT -> Opcodes.INTEGER;
            case Type.FLOAT -> Opcodes.FLOAT;
            case Type.LONG -> Opcodes.LONG;
            case Type.DOUBLE -> Opcodes.DOUBLE;
            default -> type.getInternalName();
        };
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
