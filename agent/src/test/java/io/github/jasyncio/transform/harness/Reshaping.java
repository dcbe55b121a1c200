package io.github.jasyncio.transform.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Changes the shape of bytecode, but not what it does: compilers and instrumenting agents other than javac write such. */
public enum Reshaping {
    /** As it is. */
    NONE,

    /** All frames as ASM computes them, which types merged values more coarsely than javac. */
    FRAMES_OF_ASM,

    /** A jump to the next instruction behind each instruction: frames everywhere, uninitialised values and wide operands in them. */
    JUMPS_EVERYWHERE,

    /** Code that cannot be reached behind each jump, return and throw. ASM makes it NOP and ATHROW, with frames. */
    DEAD_CODE,

    /** Objects that are not initialised yet are copied, shuffled about, put into locals, mixed with others and left lying. */
    UNINITIALISED_OBJECTS,

    /** A NOP before each instruction, as some tools leave behind. */
    NOPS,

    /** The operand on top of the stack is put into a local variable and taken out again, before and behind each await. */
    OPERANDS_THROUGH_LOCALS;

    /** The classes, reshaped. */
    public ClassFiles of(ClassFiles classes) {
        if (this == NONE) {
            return classes;
        }
        ClassLoader loader = new ChildFirstLoader(classes);
        Map<String, byte[]> reshaped = new TreeMap<>();
        classes.asMap().forEach((name, bytes) -> reshaped.put(name, reshape(bytes, loader)));
        return new ClassFiles(reshaped);
    }

    private byte[] reshape(byte[] bytes, ClassLoader loader) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, ClassReader.SKIP_FRAMES);
        for (MethodNode method : node.methods) {
            if (method.instructions.size() > 0 && method.instructions.size() < 2_000) {
                change(method);
            }
        }
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected ClassLoader getClassLoader() {
                return loader;
            }
        };
        node.accept(writer);
        return writer.toByteArray();
    }

    private void change(MethodNode method) {
        switch (this) {
            case NONE, FRAMES_OF_ASM -> {}
            case JUMPS_EVERYWHERE -> jumpEverywhere(method);
            case DEAD_CODE -> addDeadCode(method);
            case UNINITIALISED_OBJECTS -> shuffleUninitialised(method);
            case NOPS -> addNops(method);
            case OPERANDS_THROUGH_LOCALS -> passThroughLocals(method);
        }
    }

    private static void jumpEverywhere(MethodNode method) {
        for (AbstractInsnNode instruction : method.instructions.toArray()) {
            if (instruction.getOpcode() >= 0 && instruction.getNext() != null) {
                LabelNode next = new LabelNode();
                method.instructions.insert(instruction, next);
                method.instructions.insert(instruction, new JumpInsnNode(Opcodes.GOTO, next));
            }
        }
    }

    private static void addDeadCode(MethodNode method) {
        for (AbstractInsnNode instruction : method.instructions.toArray()) {
            int opcode = instruction.getOpcode();
            boolean ends = opcode == Opcodes.GOTO
                    || opcode == Opcodes.ATHROW
                    || (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN);
            if (ends) {
                InsnList dead = new InsnList();
                dead.add(new InsnNode(Opcodes.ICONST_0));
                dead.add(new InsnNode(Opcodes.POP));
                dead.add(new InsnNode(Opcodes.ACONST_NULL));
                dead.add(new InsnNode(Opcodes.ATHROW));
                method.instructions.insert(instruction, dead);
            }
        }
    }

    private static void shuffleUninitialised(MethodNode method) {
        InsnList code = method.instructions;
        List<AbstractInsnNode> begun = new ArrayList<>();
        int slot = method.maxLocals;
        int count = 0;
        for (AbstractInsnNode instruction : code.toArray()) {
            if (instruction.getOpcode() == Opcodes.NEW) {
                begun.add(instruction);
            } else if (instruction instanceof MethodInsnNode call && call.name.equals("<init>") && !begun.isEmpty()) {
                AbstractInsnNode made = begun.get(begun.size() - 1);
                if (!((TypeInsnNode) made).desc.equals(call.owner)) {
                    continue; // this(...) or super(...)
                }
                begun.remove(begun.size() - 1);
                boolean isPlain = made.getNext().getOpcode() == Opcodes.DUP && !triesBetween(made, call, method);
                if (isPlain) {
                    shuffle(made.getNext(), call, count++, slot++, code);
                }
            }
        }
        method.maxLocals = slot;
    }

    /** Where a try begins among the arguments, javac has put all operands into locals. */
    private static boolean triesBetween(AbstractInsnNode from, AbstractInsnNode to, MethodNode method) {
        InsnList code = method.instructions;
        return method.tryCatchBlocks.stream()
                .mapToInt(block -> code.indexOf(block.start))
                .anyMatch(start -> start > code.indexOf(from) && start < code.indexOf(to));
    }

    /** Behind NEW and DUP two copies are on the stack, behind the constructor's call one. */
    private static void shuffle(AbstractInsnNode dup, AbstractInsnNode call, int variant, int slot, InsnList code) {
        InsnList before = new InsnList();
        InsnList behind = new InsnList();
        switch (variant % 9) {
            case 0 -> { // o o o
                add(before, Opcodes.DUP);
                add(behind, Opcodes.POP);
            }
            case 1 -> { // o 7 o
                add(before, Opcodes.ICONST_5, Opcodes.SWAP);
                add(behind, Opcodes.POP);
            }
            case 2 -> { // o 1L o
                add(before, Opcodes.LCONST_1, Opcodes.DUP2_X1, Opcodes.POP2);
                add(behind, Opcodes.POP2);
            }
            case 3 -> add(before, Opcodes.DUP_X1, Opcodes.POP, Opcodes.SWAP, Opcodes.DUP2, Opcodes.POP2);
            case 4 -> { // left lying on a way that is not taken
                LabelNode goOn = new LabelNode();
                add(before, Opcodes.ICONST_0);
                before.add(new JumpInsnNode(Opcodes.IFEQ, goOn));
                add(before, Opcodes.DCONST_0, Opcodes.DUP2_X2, Opcodes.POP2, Opcodes.POP2, Opcodes.POP2);
                add(before, Opcodes.ACONST_NULL, Opcodes.ATHROW);
                before.add(goOn);
            }
            case 5 -> { // o, and o in a local variable
                before.add(new VarInsnNode(Opcodes.ASTORE, slot));
                add(before, Opcodes.POP);
                before.add(new VarInsnNode(Opcodes.ALOAD, slot));
                behind.add(new VarInsnNode(Opcodes.ALOAD, slot));
            }
            case 6 -> { // s o s o, and s is never initialised
                add(before, Opcodes.POP);
                before.add(new TypeInsnNode(Opcodes.NEW, "java/lang/StringBuilder"));
                add(before, Opcodes.SWAP, Opcodes.DUP2);
                add(behind, Opcodes.SWAP, Opcodes.DUP_X2, Opcodes.POP, Opcodes.POP2);
            }
            case 7 -> { // o 5 o 6 o
                add(before, Opcodes.ICONST_5, Opcodes.SWAP, Opcodes.DUP, Opcodes.ICONST_3, Opcodes.SWAP);
                add(behind, Opcodes.POP2, Opcodes.POP);
            }
            default -> { // o o 5 o o
                add(before, Opcodes.ICONST_5, Opcodes.DUP_X2, Opcodes.POP, Opcodes.DUP2_X1);
                add(behind, Opcodes.POP2, Opcodes.POP);
            }
        }
        code.insert(dup, before);
        code.insert(call, behind);
    }

    private static void add(InsnList code, int... opcodes) {
        for (int opcode : opcodes) {
            code.add(new InsnNode(opcode));
        }
    }

    private static void addNops(MethodNode method) {
        for (AbstractInsnNode instruction : method.instructions.toArray()) {
            if (instruction.getOpcode() >= 0) {
                method.instructions.insertBefore(instruction, new InsnNode(Opcodes.NOP));
            }
        }
    }

    private static void passThroughLocals(MethodNode method) {
        int slot = method.maxLocals;
        method.maxLocals += 1;
        for (AbstractInsnNode instruction : method.instructions.toArray()) {
            if (instruction.getOpcode() == Opcodes.ARETURN || isAwait(instruction)) {
                method.instructions.insertBefore(instruction, store(slot));
            }
            if (isAwait(instruction)) {
                method.instructions.insert(instruction, store(slot));
            }
        }
    }

    private static InsnList store(int slot) {
        InsnList code = new InsnList();
        code.add(new VarInsnNode(Opcodes.ASTORE, slot));
        code.add(new VarInsnNode(Opcodes.ALOAD, slot));
        return code;
    }

    private static boolean isAwait(AbstractInsnNode instruction) {
        return instruction instanceof MethodInsnNode call
                && call.owner.equals("io/github/jasyncio/Asyncio")
                && call.name.equals("await");
    }
}
