package io.github.jasyncio.transform;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
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
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/** Finds coroutines that somebody forgot to await: stored in a variable that is never read, or made part of a string. Finished ones are of no interest. */
final class UnusedCoroutines {

    private final ClassNode owner;
    private final MethodNode method;
    private final List<Unused> found = new ArrayList<>();
    private @Nullable Liveness liveness;
    private Frame<SourceValue> @Nullable [] sources;

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
            if (instruction.getOpcode() == Opcodes.ASTORE) {
                search.checkStored((VarInsnNode) instruction);
            } else {
                search.checkConcatenated(instruction);
            }
        }
        return search.found;
    }

    private boolean makesCoroutines() {
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof MethodInsnNode call && makesCoroutine(call)) {
                return true;
            }
        }
        return false;
    }

    private void checkStored(VarInsnNode store) {
        if (Instructions.straightBefore(store) instanceof MethodInsnNode call
                && makesCoroutine(call)
                && !isReadBehind(store)) {
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
        Frame<SourceValue> frame = sources()[method.instructions.indexOf(instruction)];
        if (frame == null) {
            return; // it cannot be reached
        }
        Set<AbstractInsnNode> origins = frame.getStack(frame.getStackSize() - fromTop).insns;
        if (origins.size() == 1 && origins.iterator().next() instanceof MethodInsnNode call && makesCoroutine(call)) {
            found.add(new Unused(
                    call,
                    "the coroutine that " + call.name + "(...) returns is made part of a string: it will never run",
                    "Await it: await(" + call.name + "(...))."));
        }
    }

    private Frame<SourceValue>[] sources() {
        if (sources == null) {
            try {
                sources = new Analyzer<>(new SourceInterpreter()).analyze(owner.name, method);
            } catch (AnalyzerException e) {
                throw new IllegalStateException("the code of " + method.name + " is not valid: " + e.getMessage(), e);
            }
        }
        return sources;
    }

    private static boolean makesCoroutine(MethodInsnNode call) {
        return Type.getReturnType(call.desc).getDescriptor().equals(CoreNames.COROUTINE_DESCRIPTOR)
                && !Instructions.isCoroutineOf(call)
                && !Instructions.isCoroutineDone(call);
    }
}
