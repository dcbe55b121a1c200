package io.github.jasyncio.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.VarInsnNode;

/** What an instruction does to the operand stack (JVMS 6.5), done to what is left of its operands where some of them are not there; by way of scratch locals. */
final class StackShuffle {

    private int next;

    /** Uses the local variables from {@code scratch} on. */
    StackShuffle(int scratch) {
        this.next = scratch;
    }

    /** A value in a scratch local. */
    record Kept(Object type, int slot) {

        int size() {
            return TypeState.isWide(type) ? 2 : 1;
        }

        void load(InsnList code) {
            code.add(new VarInsnNode(opcode(type, Opcodes.ILOAD), slot));
        }

        private void store(InsnList code) {
            code.add(new VarInsnNode(opcode(type, Opcodes.ISTORE), slot));
        }

        /** One that is not initialised must not stay where a suspension could find it. */
        void forget(InsnList code) {
            if (type instanceof Label || type instanceof LabelNode) {
                code.add(new InsnNode(Opcodes.ACONST_NULL));
                code.add(new VarInsnNode(Opcodes.ASTORE, slot));
            }
        }

        private static int opcode(Object type, int ofInt) {
            if (type.equals(Opcodes.INTEGER)) {
                return ofInt;
            } else if (type.equals(Opcodes.LONG)) {
                return ofInt + 1;
            } else if (type.equals(Opcodes.FLOAT)) {
                return ofInt + 2;
            }
            return type.equals(Opcodes.DOUBLE) ? ofInt + 3 : ofInt + 4;
        }
    }

    /**
     * Stores what is on top of the stack.
     *
     * @param types bottom first, by slot
     * @return where it is, bottom first
     */
    List<Kept> putAside(List<Object> types, InsnList code) {
        List<Kept> kept = new ArrayList<>();
        for (int i = 0; i < types.size(); ) {
            Kept value = new Kept(types.get(i), next);
            kept.add(value);
            next += value.size();
            i += value.size();
        }
        for (int i = kept.size() - 1; i >= 0; i--) {
            kept.get(i).store(code);
        }
        return kept;
    }

    /** Stores an object that is on top of the stack; gives the slot. */
    int putAsideObject(InsnList code) {
        code.add(new VarInsnNode(Opcodes.ASTORE, next));
        return next++;
    }

    /** The first slot that is not used. */
    int end() {
        return next;
    }

    /** How many slots deep into the stack an instruction reaches that can meet an uninitialised object; 0 of all that cannot. */
    static int reachOf(AbstractInsnNode instruction) {
        return switch (instruction.getOpcode()) {
            case Opcodes.DUP,
                    Opcodes.ASTORE,
                    Opcodes.POP,
                    Opcodes.IFNULL,
                    Opcodes.IFNONNULL,
                    Opcodes.MONITORENTER,
                    Opcodes.MONITOREXIT -> 1;
            case Opcodes.POP2, Opcodes.SWAP, Opcodes.DUP_X1, Opcodes.DUP2, Opcodes.IF_ACMPEQ, Opcodes.IF_ACMPNE -> 2;
            case Opcodes.DUP_X2, Opcodes.DUP2_X1 -> 3;
            case Opcodes.DUP2_X2 -> 4;
            default -> 0;
        };
    }

    /** Which of the slots that it reaches, counted from the bottom, stand there behind an instruction; null if it does more than move them. */
    private static int @Nullable [] resultOf(AbstractInsnNode instruction) {
        return switch (instruction.getOpcode()) {
            case Opcodes.POP, Opcodes.POP2 -> new int[] {};
            case Opcodes.DUP -> new int[] {0, 0};
            case Opcodes.DUP_X1 -> new int[] {1, 0, 1};
            case Opcodes.DUP_X2 -> new int[] {2, 0, 1, 2};
            case Opcodes.DUP2 -> new int[] {0, 1, 0, 1};
            case Opcodes.DUP2_X1 -> new int[] {1, 2, 0, 1, 2};
            case Opcodes.DUP2_X2 -> new int[] {2, 3, 0, 1, 2, 3};
            case Opcodes.SWAP -> new int[] {1, 0};
            default -> null;
        };
    }

    /**
     * The same as {@code instruction} does, where some of its operands are missing.
     *
     * @param reached the types of the slots that it reaches, bottom first
     * @param missing tells which of these are not there
     * @param scratch the first of as many free local variables as there are slots
     * @return null if it does more than move operands
     */
    static @Nullable InsnList without(
            AbstractInsnNode instruction, List<Object> reached, Predicate<Object> missing, int scratch) {
        int[] result = resultOf(instruction);
        if (result == null) {
            return null;
        }
        List<Integer> left = new ArrayList<>();
        for (int slot = 0; slot < reached.size(); slot++) {
            if (!missing.test(reached.get(slot))) {
                left.add(slot);
            }
        }
        List<Integer> wanted = new ArrayList<>();
        for (int slot : result) {
            if (left.contains(slot)) {
                wanted.add(slot);
            }
        }
        InsnList code = new InsnList();
        if (wanted.equals(left)) {
            return code;
        }
        StackShuffle shuffle = new StackShuffle(scratch);
        List<Kept> kept = shuffle.putAside(left.stream().map(reached::get).toList(), code);
        for (int slot : wanted) {
            int place = scratch + left.indexOf(slot);
            kept.stream()
                    .filter(value -> value.slot() == place)
                    .forEach(value -> value.load(code)); // not the second half of one
        }
        kept.forEach(value -> value.forget(code));
        return code;
    }
}
