package io.github.jasyncio.transform;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Makes {@code new A(await(x))} possible: a suspended coroutine cannot hold an object that is not initialised (JVMS 4.10.2.4), so where an await
 * stands among a constructor's arguments, the object is made only once the arguments are there.
 *
 * <p>All traces of the uninitialised object between {@code NEW} and the constructor call are erased: the copies on the stack, those that javac keeps in
 * local variables around a switch expression with a {@code try}, and their mentions in frames. The {@code NEW} itself stays, its result dropped,
 * because it initialises the class, and Java evaluates that before the arguments (JLS 15.9.4).
 */
final class MoveNewBehindArguments {

    private final String owner;
    private final MethodNode method;
    private final IdentityHashMap<Object, TypeInsnNode> newByLabel = new IdentityHashMap<>();

    private MoveNewBehindArguments(String owner, MethodNode method) {
        this.owner = owner;
        this.method = method;
    }

    /**
     * Rewrites {@code method} in place.
     *
     * @return an instruction that uses an uninitialised object as no compiler does, comparing it with something; null if there is none, and only then is the
     *     method fit to be rewritten further
     */
    static @Nullable AbstractInsnNode in(String owner, MethodNode method) {
        return new MoveNewBehindArguments(owner, method).run();
    }

    private @Nullable AbstractInsnNode run() {
        nameAllNews();
        FrameTypes types = new FrameTypes(owner, method);
        Set<TypeInsnNode> crossing = newsThatCrossAnAwait(types);
        if (crossing.isEmpty()) {
            return null;
        }
        int scratch = method.maxLocals;
        for (AbstractInsnNode instruction : method.instructions.toArray()) {
            TypeState state = types.before(instruction);
            if (instruction instanceof FrameNode frame) {
                erase(frame, crossing);
            } else if (state != null && instruction.getOpcode() >= 0) {
                if (!rewrite(instruction, state, crossing, scratch)) {
                    return instruction;
                }
            }
        }
        return null;
    }

    /** A label before each {@code NEW}, because uninitialised types are named by one. */
    private void nameAllNews() {
        List<LabelNode> labels = new ArrayList<>();
        for (AbstractInsnNode instruction : method.instructions.toArray()) {
            if (instruction instanceof LabelNode label) {
                labels.add(label);
            } else if (instruction.getOpcode() >= 0) {
                if (instruction.getOpcode() == Opcodes.NEW) {
                    LabelNode own = new LabelNode();
                    method.instructions.insertBefore(instruction, own);
                    labels.add(own);
                    for (LabelNode label : labels) {
                        newByLabel.put(label, (TypeInsnNode) instruction);
                        newByLabel.put(label.getLabel(), (TypeInsnNode) instruction);
                    }
                }
                labels.clear();
            }
        }
    }

    private Set<TypeInsnNode> newsThatCrossAnAwait(FrameTypes types) {
        Set<TypeInsnNode> crossing = new HashSet<>();
        for (AbstractInsnNode instruction : method.instructions) {
            if (!Instructions.suspends(instruction)) {
                continue;
            }
            TypeState state = types.before(instruction);
            if (state != null) {
                addOrigins(state.stack(), crossing);
                addOrigins(state.locals(), crossing);
            }
        }
        return crossing;
    }

    private void addOrigins(List<Object> types, Set<TypeInsnNode> crossing) {
        for (Object type : types) {
            TypeInsnNode origin = newByLabel.get(type);
            if (origin != null) {
                crossing.add(origin);
            }
        }
    }

    private boolean isErased(Object type, Set<TypeInsnNode> crossing) {
        return (type instanceof Label || type instanceof LabelNode) && crossing.contains(newByLabel.get(type));
    }

    private void erase(FrameNode frame, Set<TypeInsnNode> crossing) {
        frame.stack.removeIf(type -> isErased(type, crossing));
        frame.local.replaceAll(type -> isErased(type, crossing) ? Opcodes.TOP : type);
    }

    /** False if the instruction does with an erased object what it cannot do without one. */
    private boolean rewrite(AbstractInsnNode instruction, TypeState state, Set<TypeInsnNode> crossing, int scratch) {
        InsnList code = method.instructions;
        if (instruction instanceof TypeInsnNode made && crossing.contains(made)) {
            code.insert(instruction, new InsnNode(Opcodes.POP));
            return true;
        }
        if (instruction instanceof VarInsnNode variable && variable.getOpcode() == Opcodes.ALOAD) {
            if (isErased(state.local(variable.var), crossing)) {
                code.remove(instruction);
            }
            return true;
        }
        if (instruction instanceof MethodInsnNode call
                && call.getOpcode() == Opcodes.INVOKESPECIAL
                && call.name.equals("<init>")) {
            int argumentSlots = (Type.getArgumentsAndReturnSizes(call.desc) >> 2) - 1;
            int receiver = state.stack().size() - argumentSlots - 1;
            if (isErased(state.stack().get(receiver), crossing)) {
                makeHere(call, state, receiver, crossing, scratch);
            }
            return true;
        }
        List<Object> stack = state.stack();
        int reach = Math.min(StackShuffle.reachOf(instruction), stack.size());
        List<Object> reached = stack.subList(stack.size() - reach, stack.size());
        if (reached.stream().noneMatch(type -> isErased(type, crossing))) {
            return true;
        }
        if (instruction.getOpcode() == Opcodes.ASTORE) {
            code.remove(instruction);
            return true;
        }
        InsnList shuffle = StackShuffle.without(instruction, reached, type -> isErased(type, crossing), scratch);
        if (shuffle == null) {
            return false;
        }
        method.maxLocals = Math.max(method.maxLocals, scratch + reach);
        code.insertBefore(instruction, shuffle);
        code.remove(instruction);
        return true;
    }

    /** Puts arguments aside, makes the object with as many copies as there were, and calls the constructor. */
    private void makeHere(MethodInsnNode call, TypeState state, int receiver, Set<TypeInsnNode> crossing, int scratch) {
        Object type = state.stack().get(receiver);
        TypeInsnNode origin = Objects.requireNonNull(newByLabel.get(type));
        List<Integer> slots = new ArrayList<>();
        for (int slot = 0; slot < state.locals().size(); slot++) {
            if (type.equals(state.local(slot))) {
                slots.add(slot);
            }
        }
        List<Object> below = new ArrayList<>(state.stack().subList(0, receiver));
        below.removeIf(other -> !type.equals(other) && isErased(other, crossing));
        int lowest = below.indexOf(type);
        List<Object> mixed = lowest < 0 ? List.of() : below.subList(lowest, below.size());
        long copies = mixed.stream().filter(type::equals).count();

        InsnList before = new InsnList();
        StackShuffle shuffle = new StackShuffle(scratch);
        List<StackShuffle.Kept> arguments = shuffle.putAside(
                state.stack().subList(receiver + 1, state.stack().size()), before);
        InsnList after = new InsnList();
        if (copies == mixed.size()) { // as javac does it: one copy, if any
            makeWithCopies(origin, copies + slots.size(), arguments, before);
        } else { // with something else between them
            List<Object> others =
                    mixed.stream().filter(other -> !type.equals(other)).toList();
            List<StackShuffle.Kept> aside = shuffle.putAside(others, before);
            Iterator<StackShuffle.Kept> kept = aside.iterator();
            makeWithCopies(origin, 1 + slots.size(), arguments, before);
            int made = shuffle.putAsideObject(after);
            for (int i = 0; i < mixed.size(); i++) {
                if (type.equals(mixed.get(i))) {
                    after.add(new VarInsnNode(Opcodes.ALOAD, made));
                } else {
                    StackShuffle.Kept other = kept.next();
                    other.load(after);
                    i += other.size() - 1;
                }
            }
            aside.forEach(value -> value.forget(after));
        }
        InsnList stores = new InsnList();
        for (int local : slots) {
            stores.add(new VarInsnNode(Opcodes.ASTORE, local));
        }
        stores.add(after);
        method.maxLocals = Math.max(method.maxLocals, shuffle.end());
        method.instructions.insertBefore(call, before);
        method.instructions.insert(call, stores);
    }

    private static void makeWithCopies(
            TypeInsnNode origin, long copies, List<StackShuffle.Kept> arguments, InsnList code) {
        code.add(new TypeInsnNode(Opcodes.NEW, origin.desc));
        for (int i = 0; i < copies; i++) {
            code.add(new InsnNode(Opcodes.DUP));
        }
        arguments.forEach(argument -> argument.load(code));
    }
}
