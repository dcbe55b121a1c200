package io.github.jasyncio.transform;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/**
 * Finds the literals {@code null} that a method certainly returns: at once, or by way of a variable that is nothing else where it is returned. Compilers make such a
 * variable, too, for a {@code return} in a {@code try} that has a {@code finally}.
 */
final class ReturnedNulls {

    private final ClassNode owner;
    private final MethodNode method;
    private final Set<AbstractInsnNode> found = new LinkedHashSet<>();
    private Frame<SourceValue> @Nullable [] frames;

    private ReturnedNulls(ClassNode owner, MethodNode method) {
        this.owner = owner;
        this.method = method;
    }

    /** In the order of the code. */
    static Set<AbstractInsnNode> in(ClassNode owner, MethodNode method) {
        ReturnedNulls search = new ReturnedNulls(owner, method);
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction.getOpcode() == Opcodes.ACONST_NULL) {
                search.check(instruction);
            }
        }
        return search.found;
    }

    private void check(AbstractInsnNode literal) {
        AbstractInsnNode taker = Instructions.taker(literal);
        if (taker != null
                && (taker.getOpcode() == Opcodes.ARETURN
                        || (taker instanceof VarInsnNode store && isReturnedAsNothingElse(store)))) {
            found.add(literal);
        }
    }

    private boolean isReturnedAsNothingElse(VarInsnNode store) {
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction.getOpcode() == Opcodes.ALOAD
                    && ((VarInsnNode) instruction).var == store.var
                    && isReturned(instruction)) {
                Set<AbstractInsnNode> stores = storesSeenBy((VarInsnNode) instruction);
                if (stores.contains(store) && stores.stream().allMatch(this::storesNull)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isReturned(AbstractInsnNode load) {
        AbstractInsnNode taker = Instructions.taker(load);
        return taker != null && taker.getOpcode() == Opcodes.ARETURN;
    }

    /** Empty where the load cannot be reached. */
    private Set<AbstractInsnNode> storesSeenBy(VarInsnNode load) {
        Frame<SourceValue> frame = frames()[method.instructions.indexOf(load)];
        return frame == null ? Set.of() : frame.getLocal(load.var).insns;
    }

    private boolean storesNull(AbstractInsnNode store) {
        if (store.getOpcode() != Opcodes.ASTORE) {
            return false;
        }
        Frame<SourceValue> frame = Objects.requireNonNull(frames()[method.instructions.indexOf(store)]); // it is seen
        return frame.getStack(frame.getStackSize() - 1).insns.stream().allMatch(ReturnedNulls::isNull);
    }

    private static boolean isNull(AbstractInsnNode source) {
        AbstractInsnNode made = source.getOpcode() == Opcodes.CHECKCAST ? Instructions.straightBefore(source) : source;
        return made != null && made.getOpcode() == Opcodes.ACONST_NULL;
    }

    private Frame<SourceValue>[] frames() {
        if (frames == null) {
            try {
                frames = new Analyzer<>(new Sources()).analyze(owner.name, method);
            } catch (AnalyzerException e) {
                throw new IllegalStateException("the code of " + method.name + " is not valid: " + e.getMessage(), e);
            }
        }
        return frames;
    }

    /** Of an argument the caller is the source; by itself it has none, and where ways meet would be taken for the other's. */
    private static final class Sources extends SourceInterpreter {

        private static final AbstractInsnNode CALLER = new InsnNode(Opcodes.NOP);

        Sources() {
            super(Opcodes.ASM9);
        }

        @Override
        public SourceValue newParameterValue(boolean isInstanceMethod, int local, Type type) {
            return new SourceValue(type.getSize(), CALLER);
        }
    }
}
