package io.github.jasyncio.transform;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/**
 * Finds coroutines that are made inside a {@code try} and returned unawaited: they would run after the catch and finally blocks are left, which nobody
 * means. Finished ones ({@code Coroutine.of}) are fine.
 */
final class ReturnedCoroutines {

    private ReturnedCoroutines() {}

    /** The instructions that make such coroutines (or return them, where they come from outside), in the order of the code. */
    static List<AbstractInsnNode> madeInTry(String owner, MethodNode method) {
        if (method.tryCatchBlocks.isEmpty()) {
            return List.of();
        }
        Frame<SourceValue>[] frames = originsBefore(owner, method);
        InsnList code = method.instructions;
        Set<AbstractInsnNode> found = new LinkedHashSet<>();
        for (int i = 0; i < frames.length; i++) {
            AbstractInsnNode instruction = code.get(i);
            if (instruction.getOpcode() != Opcodes.ARETURN || frames[i] == null) {
                continue;
            }
            Frame<SourceValue> frame = frames[i];
            for (AbstractInsnNode origin : frame.getStack(frame.getStackSize() - 1).insns) {
                boolean finished = Instructions.isCoroutineOf(origin) || Instructions.isCoroutineDone(origin);
                if (!finished && makesCoroutine(origin) && isInTry(origin, method)) {
                    found.add(origin);
                } else if (!finished && isInTry(instruction, method)) {
                    found.add(instruction);
                }
            }
        }
        List<AbstractInsnNode> ordered = new ArrayList<>(found);
        ordered.sort((a, b) -> Integer.compare(code.indexOf(a), code.indexOf(b)));
        return ordered;
    }

    private static boolean makesCoroutine(AbstractInsnNode origin) {
        int opcode = origin.getOpcode();
        return opcode >= Opcodes.INVOKEVIRTUAL && opcode <= Opcodes.NEW && !Instructions.isAwait(origin);
    }

    private static boolean isInTry(AbstractInsnNode instruction, MethodNode method) {
        InsnList code = method.instructions;
        int index = code.indexOf(instruction);
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            if (code.indexOf(block.start) <= index && index < code.indexOf(block.end)) {
                return true;
            }
        }
        return false;
    }

    private static Frame<SourceValue>[] originsBefore(String owner, MethodNode method) {
        try {
            return new Analyzer<>(new Origins()).analyze(owner, method);
        } catch (AnalyzerException e) {
            throw new IllegalStateException("the code of " + method.name + " is not valid: " + e.getMessage(), e);
        }
    }

    /** Values keep the instruction that made them when they are copied, cast, or passed through a variable. */
    private static final class Origins extends SourceInterpreter {

        Origins() {
            super(Opcodes.ASM9);
        }

        @Override
        public SourceValue copyOperation(AbstractInsnNode instruction, SourceValue value) {
            return value;
        }

        @Override
        public SourceValue unaryOperation(AbstractInsnNode instruction, SourceValue value) {
            return instruction.getOpcode() == Opcodes.CHECKCAST ? value : super.unaryOperation(instruction, value);
        }
    }
}
