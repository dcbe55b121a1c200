package io.github.jasyncio.transform;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** How many slots of local variables there are: what a class file says of a method may be more than it uses. */
final class LocalSlots {

    /** JVMS 4.7.3. */
    static final int MOST = 65_535;

    /** A body has execution, frame and, in the beginning, state behind the method's own. */
    static final int ADDED = 3;

    private LocalSlots() {}

    /** The slots that a method's parameters, instructions, frames and variables take. */
    static int used(MethodNode method) {
        int used = Type.getArgumentsAndReturnSizes(method.desc) >> 2;
        if ((method.access & Opcodes.ACC_STATIC) != 0) {
            used--;
        }
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof VarInsnNode variable) {
                used = Math.max(used, variable.var + sizeOf(variable.getOpcode()));
            } else if (instruction instanceof IincInsnNode increment) {
                used = Math.max(used, increment.var + 1);
            } else if (instruction instanceof FrameNode frame) {
                used = Math.max(
                        used,
                        frame.local.stream()
                                .mapToInt(type -> TypeState.isWide(type) ? 2 : 1)
                                .sum());
            }
        }
        if (method.localVariables != null) {
            for (LocalVariableNode variable : method.localVariables) {
                used = Math.max(
                        used, variable.index + Type.getType(variable.desc).getSize());
            }
        }
        return used;
    }

    private static int sizeOf(int opcode) {
        return switch (opcode) {
            case Opcodes.LLOAD, Opcodes.DLOAD, Opcodes.LSTORE, Opcodes.DSTORE -> 2;
            default -> 1;
        };
    }
}
