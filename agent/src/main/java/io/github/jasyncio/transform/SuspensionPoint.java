package io.github.jasyncio.transform;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * One {@code await} of an async method.
 *
 * @param number the frame's state while the coroutine stands here; from 1
 * @param await the call in the source
 * @param line its source line; 0 if the class file does not tell
 * @param before the types before the call; the awaitable on top of the stack
 * @param locals the variables to restore, by slot: every slot that has a type, with or without a field
 * @param stack the operands beneath the awaitable, bottom first
 * @param resumed where a resumed coroutine comes back into the code
 */
record SuspensionPoint(
        int number,
        MethodInsnNode await,
        int line,
        TypeState before,
        SortedMap<Integer, SpilledValue> locals,
        List<SpilledValue> stack,
        LabelNode resumed) {

    SuspensionPoint {
        stack = List.copyOf(stack);
    }

    /** What is in a slot that has a type. */
    SpilledValue local(int slot) {
        return Objects.requireNonNull(locals.get(slot), () -> "nothing in slot " + slot);
    }

    /** The locals that are saved, by slot. */
    List<Integer> savedSlots() {
        return locals.entrySet().stream()
                .filter(e -> e.getValue().field() != null)
                .map(Map.Entry::getKey)
                .toList();
    }
}
