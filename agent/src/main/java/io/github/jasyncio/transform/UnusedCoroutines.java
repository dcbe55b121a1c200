package io.github.jasyncio.transform;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicInterpreter;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;

/** Finds coroutines that somebody forgot to await: stored in a variable that is never read, or made part of a string; and async generators that are never
 * read. Finished ones are of no interest. */
final class UnusedCoroutines {

    private final ClassNode owner;
    private final MethodNode method;
    private final List<Unused> found = new ArrayList<>();
    private @Nullable Liveness liveness;
    private Frame<BasicValue> @Nullable [] frames;

    private UnusedCoroutines(ClassNode owner, MethodNode method) {
        this.owner = owner;
        this.method = method;
    }

    /**
     * One of them.
     *
     * @param call the call that makes it
     */
    record Unused(MethodInsnNode call, String what, String wayOut) {}

    static List<Unused> in(ClassNode owner, MethodNode method) {
        UnusedCoroutines search = new UnusedCoroutines(owner, method);
        if (!search.makesCoroutines()) {
            return List.of(); // most methods; what follows may take long where many values meet
        }
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof MethodInsnNode call && isUnawaited(call)) {
                search.checkStored(call);
            }
            search.checkConcatenated(instruction);
        }
        return search.found;
    }

    private boolean makesCoroutines() {
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof MethodInsnNode call && isUnawaited(call)) {
                return true;
            }
        }
        return false;
    }

    private void checkStored(MethodInsnNode call) {
        if (!(Instructions.taker(call) instanceof VarInsnNode store)
                || store.getOpcode() != Opcodes.ASTORE
                || isReadBehind(store)) {
            return;
        }
        if (makesGenerator(call)) {
            found.add(new Unused(
                    call,
                    "the async generator that " + call.name
                            + "(...) returns is stored in a variable that nobody reads: nothing of it will run",
                    "Go through it: await(" + call.name + "(...).forEach(value -> {...}));"));
        } else {
            found.add(new Unused(
                    call,
                    "the coroutine that " + call.name
                            + "(...) returns is stored in a variable that nobody reads: it will never run",
                    "Await it: await(" + call.name + "(...)); or let it run beside: Task<...> task = createTask("
                            + call.name + "(...));"));
        }
    }

    private boolean isReadBehind(VarInsnNode store) {
        if (liveness == null) {
            liveness = new Liveness(method);
        }
        AbstractInsnNode next = store.getNext();
        BitSet live = next == null ? new BitSet() : liveness.before(next);
        return live.get(store.var);
    }

    private void checkConcatenated(AbstractInsnNode instruction) {
        if (instruction instanceof InvokeDynamicInsnNode concat
                && concat.bsm.getOwner().equals("java/lang/invoke/StringConcatFactory")) {
            Type[] arguments = Type.getArgumentTypes(concat.desc);
            for (int i = 0; i < arguments.length; i++) {
                if (arguments[i].getDescriptor().equals(CoreNames.COROUTINE_DESCRIPTOR)) {
                    checkOperand(instruction, arguments.length - i);
                }
            }
        } else if (instruction instanceof MethodInsnNode call && isAppend(call)) {
            checkOperand(instruction, 1);
        }
    }

    private static boolean isAppend(MethodInsnNode call) {
        boolean appends = call.owner.equals("java/lang/StringBuilder") && call.name.equals("append");
        boolean prints = call.owner.equals("java/lang/String") && call.name.equals("valueOf");
        return (appends || prints) && call.desc.startsWith("(Ljava/lang/Object;)");
    }

    /** The operand that is so many values below the top of the stack, if it comes straight from a call. */
    private void checkOperand(AbstractInsnNode instruction, int fromTop) {
        Frame<BasicValue> frame = frames()[method.instructions.indexOf(instruction)];
        if (frame != null
                && frame.getStack(frame.getStackSize() - fromTop)
                        instanceof Made made) { // otherwise it cannot be reached
            MethodInsnNode call = made.call;
            found.add(new Unused(
                    call,
                    "the coroutine that " + call.name + "(...) returns is made part of a string: it will never run",
                    "Await it: await(" + call.name + "(...))."));
        }
    }

    private Frame<BasicValue>[] frames() {
        if (frames == null) {
            try {
                frames = new Analyzer<>(new Origins()).analyze(owner.name, method);
            } catch (AnalyzerException e) {
                throw new IllegalStateException("the code of " + method.name + " is not valid: " + e.getMessage(), e);
            }
        }
        return frames;
    }

    private static boolean isUnawaited(MethodInsnNode call) {
        return makesCoroutine(call) || makesGenerator(call);
    }

    private static boolean makesGenerator(MethodInsnNode call) {
        return Type.getReturnType(call.desc).getDescriptor().equals(CoreNames.ASYNC_GENERATOR_DESCRIPTOR)
                && !Instructions.isGeneratorDone(call);
    }

    private static boolean makesCoroutine(MethodInsnNode call) {
        return Type.getReturnType(call.desc).getDescriptor().equals(CoreNames.COROUTINE_DESCRIPTOR)
                && !Instructions.isCoroutineOf(call)
                && !Instructions.isCoroutineDone(call);
    }

    /** A coroutine on the stack, straight from the call. */
    private static final class Made extends BasicValue {

        private final MethodInsnNode call;

        Made(MethodInsnNode call) {
            super(Type.getReturnType(call.desc));
            this.call = call;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Made made && made.call == call;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(call);
        }
    }

    /**
     * Follows coroutines from the call as long as they stay on the stack. Where ways meet, or a variable is in between, it may be any; so each value changes
     * twice at most, however many there are.
     */
    private static final class Origins extends BasicInterpreter {

        Origins() {
            super(Opcodes.ASM9);
        }

        @Override
        public BasicValue naryOperation(AbstractInsnNode instruction, List<? extends BasicValue> values)
                throws AnalyzerException {
            return instruction instanceof MethodInsnNode call && makesCoroutine(call)
                    ? new Made(call)
                    : super.naryOperation(instruction, values);
        }

        @Override
        public BasicValue copyOperation(AbstractInsnNode instruction, BasicValue value) {
            return value instanceof Made && instruction instanceof VarInsnNode ? BasicValue.REFERENCE_VALUE : value;
        }

        @Override
        public BasicValue merge(BasicValue one, BasicValue another) {
            if (one.equals(another)) {
                return one;
            }
            return one.isReference() && another.isReference() ? BasicValue.REFERENCE_VALUE : super.merge(one, another);
        }
    }
}
