package io.github.jasyncio.transform;

import java.util.BitSet;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicInterpreter;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;

/**
 * Finds coroutines that are made inside a {@code try} and returned unawaited: they would run after the catch and finally blocks are left, which nobody
 * means. Finished ones ({@code Coroutine.of}) are fine.
 */
final class ReturnedCoroutines {

    private final String owner;
    private final MethodNode method;
    private final InsnList code;

    /** By index: the instructions inside a {@code try}. */
    private final BitSet inTry = new BitSet();

    private ReturnedCoroutines(String owner, MethodNode method) {
        this.owner = owner;
        this.method = method;
        this.code = method.instructions;
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            inTry.set(code.indexOf(block.start), code.indexOf(block.end));
        }
    }

    /** The instructions that make such coroutines, in the order of the code. */
    static List<AbstractInsnNode> madeInTry(String owner, MethodNode method) {
        return method.tryCatchBlocks.isEmpty() ? List.of() : new ReturnedCoroutines(owner, method).find();
    }

    /**
     * Whether there are any is asked first. To tell them apart the analysis goes around a loop once for each that a variable may hold: seconds in a large
     * method.
     */
    private List<AbstractInsnNode> find() {
        if (search(new OriginsOfReferences(false)).isEmpty()) {
            return List.of();
        }
        return search(new OriginsOfReferences(true)).stream()
                .mapToObj(code::get)
                .toList();
    }

    /** The indices of the instructions, if {@code interpreter} tells them apart. */
    private BitSet search(OriginsOfReferences interpreter) {
        Frame<BasicValue>[] frames = framesBefore(interpreter);
        BitSet found = new BitSet();
        for (int i = 0; i < frames.length; i++) {
            Frame<BasicValue> frame = frames[i];
            if (code.get(i).getOpcode() == Opcodes.ARETURN
                    && frame != null
                    && frame.getStack(frame.getStackSize() - 1) instanceof Origins returned) {
                found.or(returned.calls);
            }
        }
        return found;
    }

    private Frame<BasicValue>[] framesBefore(OriginsOfReferences interpreter) {
        try {
            return new Analyzer<>(interpreter).analyze(owner, method);
        } catch (AnalyzerException e) {
            throw new IllegalStateException("the code of " + method.name + " is not valid: " + e.getMessage(), e);
        }
    }

    /** A reference that may have been made inside a {@code try}. */
    private static final class Origins extends BasicValue {

        private static final Type OBJECT = Type.getObjectType("java/lang/Object");

        /** By index: what may have made it. */
        final BitSet calls;

        Origins(BitSet calls) {
            super(OBJECT);
            this.calls = calls;
        }

        Origins or(Origins other) {
            BitSet both = (BitSet) calls.clone();
            both.or(other.calls);
            return new Origins(both);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Origins origins && calls.equals(origins.calls);
        }

        @Override
        public int hashCode() {
            return calls.hashCode();
        }
    }

    /** Keeps the origins of references when they are copied, cast, or passed through a variable. Numbers are of no interest. */
    private final class OriginsOfReferences extends BasicInterpreter {

        private final boolean tellsApart;

        /**
         * Makes it.
         *
         * @param tellsApart whether each call inside a {@code try} is an origin of its own
         */
        OriginsOfReferences(boolean tellsApart) {
            super(Opcodes.ASM9);
            this.tellsApart = tellsApart;
        }

        @Override
        public BasicValue newOperation(AbstractInsnNode instruction) throws AnalyzerException {
            return withOrigin(instruction, super.newOperation(instruction));
        }

        @Override
        public BasicValue unaryOperation(AbstractInsnNode instruction, BasicValue value) throws AnalyzerException {
            return instruction.getOpcode() == Opcodes.CHECKCAST ? value : super.unaryOperation(instruction, value);
        }

        @Override
        public BasicValue naryOperation(AbstractInsnNode instruction, List<? extends BasicValue> values)
                throws AnalyzerException {
            return withOrigin(instruction, super.naryOperation(instruction, values));
        }

        /** Also of a call that gives nothing, for which there is no value. */
        private BasicValue withOrigin(AbstractInsnNode instruction, BasicValue value) {
            int index = code.indexOf(instruction);
            if (value == null || !value.isReference() || !makesObject(instruction) || !inTry.get(index)) {
                return value;
            }
            BitSet itself = new BitSet();
            itself.set(tellsApart ? index : 0);
            return new Origins(itself);
        }

        private static boolean makesObject(AbstractInsnNode instruction) {
            int opcode = instruction.getOpcode();
            return opcode >= Opcodes.INVOKEVIRTUAL
                    && opcode <= Opcodes.NEW
                    && !Instructions.isAwait(instruction)
                    && !Instructions.isCoroutineOf(instruction)
                    && !Instructions.isCoroutineDone(instruction);
        }

        @Override
        public BasicValue merge(BasicValue one, BasicValue another) {
            if (one instanceof Origins origins && another instanceof Origins others) {
                return origins.or(others);
            }
            if (one.isReference() && another.isReference()) {
                return one instanceof Origins ? one : another;
            }
            return super.merge(one, another);
        }
    }
}
