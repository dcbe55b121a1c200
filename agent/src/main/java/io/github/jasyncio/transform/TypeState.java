package io.github.jasyncio.transform;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;

/**
 * The verification types of locals and operand stack before one instruction (JVMS 4.10.1.2), one element per slot: a long or double is followed by
 * {@link Opcodes#TOP}.
 *
 * @param locals by slot; may be shorter than the method's number of locals, the rest is TOP
 * @param stack bottom first
 */
record TypeState(List<Object> locals, List<Object> stack) {

    TypeState {
        locals = List.copyOf(locals);
        stack = List.copyOf(stack);
    }

    Object local(int slot) {
        return slot < locals.size() ? locals.get(slot) : Opcodes.TOP;
    }

    /** The type of the value on top of the stack. */
    Object top() {
        Object top = stack.get(stack.size() - 1);
        return top == Opcodes.TOP && stack.size() > 1 ? stack.get(stack.size() - 2) : top;
    }

    /** The values on the stack, bottom first, one element per value. */
    List<Object> stackValues() {
        return values(stack);
    }

    /** Locals as a frame lists them: one element per value, TOP for slots without one. */
    List<Object> localValues() {
        return values(locals);
    }

    private static List<Object> values(List<Object> slots) {
        List<Object> values = new ArrayList<>(slots.size());
        for (int i = 0; i < slots.size(); i++) {
            Object type = slots.get(i);
            values.add(type);
            if (isWide(type)) {
                i++;
            }
        }
        return values;
    }

    /** True for what takes two slots. */
    static boolean isWide(Object type) {
        return Opcodes.LONG.equals(type) || Opcodes.DOUBLE.equals(type);
    }
}
