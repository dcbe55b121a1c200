package io.github.jasyncio.transform;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicInterpreter;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;

/**
 * Finds coroutines that are made inside a {@code try} and returned unawaited: they would run after the catch and finally blocks are left. Finished ones
 * ({@code Coroutine.of}) are fine.
 *
 * <p>What {@code return f();} gives there is certainly not meant. What {@code c = f();} does, and {@code return c;} behind the {@code try}, may be.
 */
final class ReturnedCoroutines {

    private final String owner;
    private final MethodNode method;
    private final InsnList code;
    private final boolean namesAreKnown;
    private final List<TryCatchBlockNode> tries = new ArrayList<>();

    /** By index: the instructions inside a {@code try}. */
    private final BitSet inTry = new BitSet();

    /** By index: the instructions inside a {@code synchronized} block. */
    private final BitSet inMonitor = new BitSet();

    private ReturnedCoroutines(ClassNode owner, MethodNode method) {
        this.owner = owner.name;
        this.method = method;
        this.code = method.instructions;
        this.namesAreKnown =
                owner.methods.stream().anyMatch(each -> each.localVariables != null && !each.localVariables.isEmpty());
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            int start = code.indexOf(block.start);
            int end = code.indexOf(block.end);
            if (leavesMonitor(block)) {
                inMonitor.set(start, end);
            } else if (!onlyThrowsOn(block)) {
                inTry.set(start, end);
                tries.add(block);
            }
        }
    }

    /** The instructions that make such coroutines, in the order of the code. */
    static Found madeInTry(ClassNode owner, MethodNode method) {
        return method.tryCatchBlocks.isEmpty()
                ? new Found(List.of(), List.of(), List.of())
                : new ReturnedCoroutines(owner, method).find();
    }

    /**
     * What makes coroutines that are returned, in the order of the code.
     *
     * @param fromTry returned from inside the {@code try} in which they are made
     * @param behindTry returned behind it, by way of a variable
     * @param fromMonitor made in a {@code synchronized} block only
     */
    record Found(
            List<AbstractInsnNode> fromTry, List<AbstractInsnNode> behindTry, List<AbstractInsnNode> fromMonitor) {}

    /**
     * Whether there are any is asked first. To tell them apart the analysis goes around a loop once for each that a variable may hold: seconds in a large
     * method.
     */
    private Found find() {
        if (search(new OriginsOfReferences(false)).isEmpty()) {
            return new Found(List.of(), List.of(), List.of());
        }
        Origins found = search(new OriginsOfReferences(true));
        BitSet behindTry = (BitSet) found.behind.clone();
        behindTry.andNot(found.calls);
        behindTry.and(inTry);
        BitSet fromTry = (BitSet) found.calls.clone();
        fromTry.and(inTry);
        BitSet fromMonitor = (BitSet) found.calls.clone();
        fromMonitor.andNot(inTry);
        return new Found(instructions(fromTry), instructions(behindTry), instructions(fromMonitor));
    }

    private List<AbstractInsnNode> instructions(BitSet indices) {
        return indices.stream().mapToObj(code::get).toList();
    }

    /** What is returned, if {@code interpreter} tells it apart. */
    private Origins search(OriginsOfReferences interpreter) {
        Frame<BasicValue>[] frames = framesBefore(interpreter);
        Origins found = new Origins(new BitSet(), new BitSet());
        for (int i = 0; i < frames.length; i++) {
            Frame<BasicValue> frame = frames[i];
            if (code.get(i).getOpcode() == Opcodes.ARETURN
                    && frame != null
                    && frame.getStack(frame.getStackSize() - 1) instanceof Origins returned) {
                found = found.or(returned);
            }
        }
        return found;
    }

    // ------------------------------------------------------------------------------------------------ kinds of try

    /** True of what the compiler puts around a {@code synchronized} block. */
    private static boolean leavesMonitor(TryCatchBlockNode block) {
        for (AbstractInsnNode at = block.handler; at != null && at.getOpcode() != Opcodes.ATHROW; at = at.getNext()) {
            if (at.getOpcode() == Opcodes.MONITOREXIT) {
                return true;
            } else if (at instanceof JumpInsnNode || at instanceof MethodInsnNode) {
                return false;
            }
        }
        return false;
    }

    /**
     * True if nobody could tell whether the failure came by this handler: it throws it on, be it by {@code Lombok.sneakyThrow}, which Lombok puts around all of a
     * method.
     */
    private static boolean onlyThrowsOn(TryCatchBlockNode block) {
        for (AbstractInsnNode at = block.handler; at != null; at = at.getNext()) {
            if (at.getOpcode() == Opcodes.ATHROW) {
                return true;
            }
            boolean passesOn = at.getOpcode() < 0
                    || at.getOpcode() == Opcodes.ASTORE
                    || at.getOpcode() == Opcodes.ALOAD
                    || at.getOpcode() == Opcodes.CHECKCAST
                    || (at instanceof MethodInsnNode call
                            && call.getOpcode() == Opcodes.INVOKESTATIC
                            && call.name.equals("sneakyThrow"));
            if (!passesOn) {
                return false;
            }
        }
        return false;
    }

    // ------------------------------------------------------------------------------------------------ data flow

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

        /** By index: what may have made it and put it into a variable, from which it was taken behind the {@code try}. */
        final BitSet behind;

        Origins(BitSet calls, BitSet behind) {
            super(OBJECT);
            this.calls = calls;
            this.behind = behind;
        }

        boolean isEmpty() {
            return calls.isEmpty() && behind.isEmpty();
        }

        Origins or(Origins other) {
            BitSet allCalls = (BitSet) calls.clone();
            allCalls.or(other.calls);
            BitSet allBehind = (BitSet) behind.clone();
            allBehind.or(other.behind);
            return new Origins(allCalls, allBehind);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Origins origins && calls.equals(origins.calls) && behind.equals(origins.behind);
        }

        @Override
        public int hashCode() {
            return 31 * calls.hashCode() + behind.hashCode();
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
            if (value == null || !value.isReference() || !makesObject(instruction) || !isGuarded(index)) {
                return value;
            }
            BitSet itself = new BitSet();
            itself.set(tellsApart ? index : 0);
            return new Origins(itself, new BitSet());
        }

        private boolean isGuarded(int index) {
            return inTry.get(index) || inMonitor.get(index);
        }

        @Override
        public BasicValue copyOperation(AbstractInsnNode instruction, BasicValue value) throws AnalyzerException {
            if (instruction.getOpcode() != Opcodes.ALOAD || !tellsApart || !(value instanceof Origins origins)) {
                return value;
            }
            BitSet calls = new BitSet();
            BitSet behind = (BitSet) origins.behind.clone();
            origins.calls.stream()
                    .forEach(call -> (isTakenBehind((VarInsnNode) instruction, call) ? behind : calls).set(call));
            return new Origins(calls, behind);
        }

        /** A compiler's own variable holds the value of a return statement while the finally block runs. */
        private boolean isTakenBehind(VarInsnNode load, int call) {
            int index = code.indexOf(load);
            for (TryCatchBlockNode block : tries) {
                int start = code.indexOf(block.start);
                int end = code.indexOf(block.end);
                if (start <= call && call < end && start <= index && index < end) {
                    return false;
                }
            }
            return namesAreKnown
                    ? hasName(load.var, index)
                    : Instructions.lineOf(load) != Instructions.lineOf(code.get(call));
        }

        private boolean hasName(int slot, int index) {
            for (LocalVariableNode variable :
                    method.localVariables == null ? List.<LocalVariableNode>of() : method.localVariables) {
                if (variable.index == slot
                        && code.indexOf(variable.start) <= index
                        && index < code.indexOf(variable.end)) {
                    return true;
                }
            }
            return false;
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
