package io.github.jasyncio.transform;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Which local variables are read again, before being written, on some way from an instruction: backward data flow over all edges, those into
 * exception handlers included. What is not live at a suspension point is not saved, so a suspended coroutine keeps nothing alive needlessly.
 */
final class Liveness {

    private final InsnList instructions;
    private final BitSet[] liveBefore;
    private final List<List<Integer>> handlers;

    Liveness(MethodNode method) {
        this.instructions = method.instructions;
        int size = instructions.size();
        this.liveBefore = new BitSet[size];
        this.handlers = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            liveBefore[i] = new BitSet();
            handlers.add(new ArrayList<>(0));
        }
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            int handler = instructions.indexOf(block.handler);
            for (int i = instructions.indexOf(block.start); i < instructions.indexOf(block.end); i++) {
                handlers.get(i).add(handler);
            }
        }
        boolean changed = true;
        while (changed) { // each pass settles straight code; nested loops and handlers take a few
            changed = false;
            for (int i = size - 1; i >= 0; i--) {
                changed |= update(i);
            }
        }
    }

    /** The slots that are live before {@code instruction}, the first slot of each variable. */
    BitSet before(AbstractInsnNode instruction) {
        return liveBefore[instructions.indexOf(instruction)];
    }

    private boolean update(int index) {
        AbstractInsnNode instruction = instructions.get(index);
        BitSet live = new BitSet();
        if (Instructions.fallsThrough(instruction) && index + 1 < liveBefore.length) {
            live.or(liveBefore[index + 1]);
        }
        if (instruction instanceof JumpInsnNode jump) {
            addLiveAt(jump.label, live);
        } else if (instruction instanceof TableSwitchInsnNode table) {
            addLiveAt(table.dflt, live);
            table.labels.forEach(label -> addLiveAt(label, live));
        } else if (instruction instanceof LookupSwitchInsnNode lookup) {
            addLiveAt(lookup.dflt, live);
            lookup.labels.forEach(label -> addLiveAt(label, live));
        } else if (instruction instanceof VarInsnNode variable) {
            live.set(variable.var, isLoad(variable.getOpcode()));
        } else if (instruction instanceof IincInsnNode increment) {
            live.set(increment.var);
        }
        for (int handler : handlers.get(index)) {
            live.or(liveBefore[handler]);
        }
        if (live.equals(liveBefore[index])) {
            return false;
        }
        liveBefore[index] = live;
        return true;
    }

    private void addLiveAt(LabelNode label, BitSet live) {
        live.or(liveBefore[instructions.indexOf(label)]);
    }

    private static boolean isLoad(int opcode) {
        return opcode >= Opcodes.ILOAD && opcode <= Opcodes.ALOAD;
    }
}
