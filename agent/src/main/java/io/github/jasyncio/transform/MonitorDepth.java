package io.github.jasyncio.transform;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/** How many monitors a method holds at each instruction: more than none inside a {@code synchronized} block. */
final class MonitorDepth {

    private static final int UNSEEN = -1;

    private final InsnList instructions;
    private final int[] depth;
    private final Deque<Integer> work = new ArrayDeque<>();

    MonitorDepth(MethodNode method) {
        this.instructions = method.instructions;
        this.depth = new int[instructions.size()];
        Arrays.fill(depth, UNSEEN);
        reach(0, 0);
        while (true) {
            follow();
            if (!enterHandlers(method)) {
                break;
            }
        }
    }

    /** True if {@code instruction} runs while a monitor is held that the method entered itself. */
    boolean isSynchronized(AbstractInsnNode instruction) {
        return depth[instructions.indexOf(instruction)] > 0;
    }

    private void follow() {
        for (Integer index = work.poll(); index != null; index = work.poll()) {
            AbstractInsnNode instruction = instructions.get(index);
            int after = depth[index];
            switch (instruction.getOpcode()) {
                case Opcodes.MONITORENTER -> after++;
                case Opcodes.MONITOREXIT -> after = Math.max(0, after - 1);
                default -> {}
            }
            if (instruction instanceof JumpInsnNode jump) {
                reach(jump.label, after);
            } else if (instruction instanceof TableSwitchInsnNode table) {
                reach(table.dflt, after);
                for (LabelNode label : table.labels) {
                    reach(label, after);
                }
            } else if (instruction instanceof LookupSwitchInsnNode lookup) {
                reach(lookup.dflt, after);
                for (LabelNode label : lookup.labels) {
                    reach(label, after);
                }
            }
            if (Instructions.fallsThrough(instruction)) {
                reach(index + 1, after);
            }
        }
    }

    /** A handler holds what its range held at the beginning; the exit in javac's own handlers then gives it back. */
    private boolean enterHandlers(MethodNode method) {
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            for (int i = instructions.indexOf(block.start); i < instructions.indexOf(block.end); i++) {
                if (depth[i] != UNSEEN) {
                    reach(block.handler, depth[i]);
                    break;
                }
            }
        }
        return !work.isEmpty();
    }

    private void reach(LabelNode label, int held) {
        reach(instructions.indexOf(label), held);
    }

    private void reach(int index, int held) {
        if (index < depth.length && depth[index] == UNSEEN) {
            depth[index] = held;
            work.add(index);
        }
    }
}
