package io.github.jasyncio.transform;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
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
     * @return an instruction that uses an uninitialised object in a way that no Java compiler is known to produce; null if there is none, and only then is
     *     the method fit to be rewritten further
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
            if (!Instructions.isAwait(instruction)) {
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
            Object type = state.stack().get(receiver);
            return !isErased(type, crossing) || makeHere(call, state, type, receiver, scratch);
        }
        int reach = reachOf(instruction);
        List<Object> stack = state.stack();
        boolean touches = stack.subList(Math.max(0, stack.size() - reach), stack.size()).stream()
                .anyMatch(t -> isErased(t, crossing));
        if (!touches) {
            return true;
        }
        switch (instruction.getOpcode()) {
            case Opcodes.DUP, Opcodes.ASTORE, Opcodes.POP -> {
                code.remove(instruction);
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    /** Of the instructions that can meet an uninitialised object: how deep into the stack they reach. The rest cannot touch one. */
    private static int reachOf(AbstractInsnNode instruction) {
        return switch (instruction.getOpcode()) {
            case Opcodes.DUP,
                    Opcodes.ASTORE,
                    Opcodes.POP,
                    Opcodes.IFNULL,
                    Opcodes.IFNONNULL,
                    Opcodes.MONITORENTER,
                    Opcodes.MONITOREXIT -> 1;
            case Opcodes.POP2, Opcodes.SWAP, Opcodes.DUP_X1, Opcodes.DUP2, Opcodes.IF_ACMPEQ, Opcodes.IF_ACMPNE -> 2;
            case Opcodes.DUP_X2, Opcodes.DUP2_X1 -> 3;
            case Opcodes.DUP2_X2 -> 4;
            default -> 0;
        };
    }

    /** Puts arguments aside, makes the object with as many copies as there were, and calls the constructor. */
    private boolean makeHere(MethodInsnNode call, TypeState state, Object type, int receiver, int scratch) {
        int copies = 1;
        while (copies <= receiver && state.stack().get(receiver - copies).equals(type)) {
            copies++;
        }
        if (state.stack().subList(0, receiver - copies + 1).contains(type)) {
            return false; // another copy further down, with something else between
        }
        List<Integer> slots = new ArrayList<>();
        for (int slot = 0; slot < state.locals().size(); slot++) {
            if (type.equals(state.local(slot))) {
                slots.add(slot);
            }
        }
        TypeInsnNode origin = Objects.requireNonNull(newByLabel.get(type));
        InsnList before = new InsnList();
        InsnList loads = new InsnList();
        int slot = scratch;
        List<VarInsnNode> stores = new ArrayList<>();
        for (Type argument : Type.getArgumentTypes(call.desc)) {
            stores.add(0, new VarInsnNode(argument.getOpcode(Opcodes.ISTORE), slot));
            loads.add(new VarInsnNode(argument.getOpcode(Opcodes.ILOAD), slot));
            slot += argument.getSize();
        }
        method.maxLocals = Math.max(method.maxLocals, slot);
        stores.forEach(before::add);
        before.add(new TypeInsnNode(Opcodes.NEW, origin.desc));
        for (int i = 1; i < copies + slots.size(); i++) {
            before.add(new InsnNode(Opcodes.DUP));
        }
        before.add(loads);
        InsnList after = new InsnList();
        for (int local : slots) {
            after.add(new VarInsnNode(Opcodes.ASTORE, local));
        }
        method.instructions.insertBefore(call, before);
        method.instructions.insert(call, after);
        return true;
    }
}
