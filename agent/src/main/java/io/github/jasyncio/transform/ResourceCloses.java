package io.github.jasyncio.transform;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Tells the calls of {@code close()} that a compiler made of try-with-resources from those that stand in the source.
 *
 * <p>Nothing in a class file says so, but the shape of the code does. After a failure {@code t} a resource is closed, and what closing fails with is
 * suppressed (JLS 14.20.3.1):
 *
 * <pre>
 *     javac    handler of the block: store t; if (r != null) try { r.close(); } catch (Throwable x) { t.addSuppressed(x); } throw t;
 *     ECJ      handler of the block: store t; if (r != null) r.close(); throw t;
 *              handler of the whole: store x; ... t.addSuppressed(x); ... throw t;
 * </pre>
 *
 * What closes the same variable before the handler of the block, and is not protected by it, does so on the other ways out. Both compilers leave the handler without
 * protection if nothing in the block can fail, and javac leaves it away if the block is empty: then the variable is closed right where it was stored.
 */
final class ResourceCloses {

    /** Stands before the first instruction and behind the last, so that patterns need not ask for the ends of the code. */
    private static final AbstractInsnNode NOTHING = new InsnNode(Opcodes.NOP);

    private final MethodNode method;
    private final List<AbstractInsnNode> code = new ArrayList<>();
    private final Map<LabelNode, Integer> places = new HashMap<>();
    private final List<Close> closes = new ArrayList<>();
    private final Set<MethodInsnNode> found = Collections.newSetFromMap(new IdentityHashMap<>());

    /** A call of {@code close()} on what is in the variable {@code slot}: where it stands, and where the variable is loaded for it. */
    private record Close(int call, int load, int slot) {}

    private ResourceCloses(MethodNode method) {
        this.method = method;
    }

    /** The calls that close the resources of a method's try-with-resources statements. */
    static Set<MethodInsnNode> in(MethodNode method) {
        ResourceCloses closes = new ResourceCloses(method);
        for (AbstractInsnNode instruction : method.instructions) {
            if (Instructions.isClose(instruction)) {
                closes.find();
                break;
            }
        }
        return closes.found;
    }

    private void find() {
        readCode();
        for (int i = 0; i < code.size(); i++) {
            if (Instructions.isClose(at(i))) {
                int load = at(i - 1).getOpcode() == Opcodes.CHECKCAST ? i - 2 : i - 1; // a type variable's type is cast
                if (at(load) instanceof VarInsnNode variable) {
                    closes.add(new Close(i, load, variable.var));
                }
            }
        }
        for (Close close : closes) {
            if (closesAfterFailure(close)) {
                add(close);
                addOtherWaysOut(close);
            } else if (closesAfterEmptyBlock(close)) {
                add(close);
            }
        }
    }

    private void add(Close close) {
        found.add((MethodInsnNode) at(close.call));
    }

    // ------------------------------------------------------------------------------------------------ after a failure

    private boolean closesAfterFailure(Close close) {
        for (TryCatchBlockNode protection : method.tryCatchBlocks) {
            if (protects(protection, close)) {
                int failure = suppressesIn(protection);
                if (failure >= 0 && (isJustAround(close, protection) || throwsBehind(close, failure))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean protects(TryCatchBlockNode protection, Close close) {
        return place(protection.start) <= close.call && close.call < place(protection.end);
    }

    /** The variable in which a handler suppresses what it caught; -1 if it does not. */
    private int suppressesIn(TryCatchBlockNode protection) {
        int handler = place(protection.handler);
        if (at(handler) instanceof VarInsnNode caught) {
            for (int i = handler; i < code.size() && at(i).getOpcode() != Opcodes.ATHROW; i++) {
                if (at(i) instanceof MethodInsnNode call
                        && call.name.equals("addSuppressed")
                        && call.owner.equals("java/lang/Throwable")) {
                    return loads(i - 1, caught.var) && at(i - 2) instanceof VarInsnNode failure ? failure.var : -1;
                }
            }
        }
        return -1;
    }

    /** javac: what protects the closing protects nothing else. */
    private boolean isJustAround(Close close, TryCatchBlockNode protection) {
        return place(protection.start) == close.load && place(protection.end) == close.call + 1;
    }

    /** ECJ: the failure is thrown on, and at most the marks of a tool that counts stand between. */
    private boolean throwsBehind(Close close, int failure) {
        boolean isLoaded = false;
        for (int i = close.call + 1; i < code.size(); i++) {
            AbstractInsnNode instruction = at(i);
            isLoaded |= loads(i, failure);
            if (instruction.getOpcode() == Opcodes.ATHROW) {
                return isLoaded;
            }
            if (instruction instanceof JumpInsnNode
                    || instruction instanceof MethodInsnNode
                    || instruction.getOpcode() == Opcodes.ASTORE) {
                return false;
            }
        }
        return false;
    }

    // ------------------------------------------------------------------------------------------------ on other ways
    // out

    private void addOtherWaysOut(Close afterFailure) {
        int handler = handlerAround(afterFailure);
        List<TryCatchBlockNode> block = method.tryCatchBlocks.stream()
                .filter(protection -> place(protection.handler) == handler)
                .toList();
        int begin = block.stream()
                .mapToInt(protection -> place(protection.start))
                .min()
                .orElse(0);
        int stored = lastStore(handler, afterFailure.slot);
        List<Close> others = closes.stream()
                .filter(close -> close.slot == afterFailure.slot && begin <= close.call && close.call < handler)
                .filter(close -> lastStore(close.load, close.slot) == stored)
                .filter(close -> block.stream().noneMatch(protection -> protects(protection, close)))
                .toList();
        if (!block.isEmpty()) {
            others.forEach(this::add);
        } else if (!others.isEmpty()) {
            add(others.get(others.size() - 1)); // where nothing can fail there is but one way out
        }
    }

    /** Where the handler begins that closes: at the nearest store before, of what it caught, that is not reached from above. */
    private int handlerAround(Close close) {
        int i = close.load;
        while (i >= 0 && (at(i).getOpcode() != Opcodes.ASTORE || Instructions.fallsThrough(at(i - 1)))) {
            i--;
        }
        return i;
    }

    private int lastStore(int before, int slot) {
        int i = before - 1;
        while (i >= 0 && !stores(i, slot)) {
            i--;
        }
        return i;
    }

    // ------------------------------------------------------------------------------------------------ after nothing

    /** {@code r = ...; if (r != null) r.close();} or {@code r = new R(); r.close();}, and nobody looks at {@code r} again. */
    private boolean closesAfterEmptyBlock(Close close) {
        boolean isAsked = at(close.load - 1) instanceof JumpInsnNode jump
                && jump.getOpcode() == Opcodes.IFNULL
                && (place(jump.label) == close.call + 1 || jumpsTo(close.call + 1, jump.label))
                && loads(close.load - 2, close.slot);
        int store = isAsked ? close.load - 3 : close.load - 1;
        return stores(store, close.slot) && (isAsked || isMade(store)) && isForgottenAfter(close);
    }

    /** javac lets nothing jump to a jump. */
    private boolean jumpsTo(int index, LabelNode label) {
        return at(index) instanceof JumpInsnNode jump
                && jump.getOpcode() == Opcodes.GOTO
                && place(jump.label) == place(label);
    }

    /** javac does not ask what it has just made whether it is null. */
    private boolean isMade(int store) {
        int i = store - 1;
        while (at(i).getOpcode() >= Opcodes.POP && at(i).getOpcode() <= Opcodes.SWAP) {
            i--; // tools leave copies lying about
        }
        return at(i) instanceof MethodInsnNode call && call.name.equals("<init>");
    }

    private boolean isForgottenAfter(Close close) {
        if (method.localVariables != null) {
            for (LocalVariableNode variable : method.localVariables) {
                if (variable.index == close.slot
                        && place(variable.start) <= close.load
                        && close.load < place(variable.end)) {
                    return isDead(close.call + 1, place(variable.end));
                }
            }
        }
        for (int i = close.call + 1; i < code.size() && !stores(i, close.slot); i++) {
            if (loads(i, close.slot)) {
                return false;
            }
        }
        return true;
    }

    /** True if nothing stands there but the jump out of the block, and what tools make of code that cannot be reached. */
    private boolean isDead(int from, int to) {
        for (int i = from; i < to; i++) {
            boolean leaves = i == from && at(i).getOpcode() == Opcodes.GOTO;
            if (!leaves && at(i).getOpcode() != Opcodes.ATHROW) {
                return false;
            }
        }
        return true;
    }

    // ------------------------------------------------------------------------------------------------ the code

    /** What does something: not NOPs, and not jumps to what comes next anyway. */
    private void readCode() {
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof LabelNode label) {
                places.put(label, code.size());
            } else if (instruction.getOpcode() > Opcodes.NOP && !jumpsToNext(instruction)) {
                code.add(instruction);
            }
        }
    }

    private static boolean jumpsToNext(AbstractInsnNode instruction) {
        if (instruction.getOpcode() != Opcodes.GOTO) {
            return false;
        }
        AbstractInsnNode next = instruction.getNext();
        while (next != null && next.getOpcode() <= Opcodes.NOP && next != ((JumpInsnNode) instruction).label) {
            next = next.getNext();
        }
        return next == ((JumpInsnNode) instruction).label;
    }

    private int place(LabelNode label) {
        return places.getOrDefault(label, code.size());
    }

    private AbstractInsnNode at(int index) {
        return index < 0 || index >= code.size() ? NOTHING : code.get(index);
    }

    private boolean loads(int index, int slot) {
        return at(index) instanceof VarInsnNode load && load.getOpcode() == Opcodes.ALOAD && load.var == slot;
    }

    private boolean stores(int index, int slot) {
        return at(index) instanceof VarInsnNode store && store.getOpcode() == Opcodes.ASTORE && store.var == slot;
    }
}
