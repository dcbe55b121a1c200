package io.github.jasyncio.transform;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Type;

/**
 * One call that saves values into a frame: almost always the only one of its suspension point, which passes all operands and live locals; more where they
 * are too many for one call.
 *
 * @param name of the static method in the frame class
 * @param descriptor of that method: the values, the execution if it is the last call, the frame
 * @param values what is saved: operands from the stack first, then locals
 * @param slots of the locals among the values
 * @param isLast true for the call that suspends
 */
record SuspendCall(String name, String descriptor, List<SpilledValue> values, List<Integer> slots, boolean isLast) {

    /** JVMS 4.3.3 allows 255 slots; two are for execution and frame. */
    private static final int MAX_SLOTS = 253;

    SuspendCall {
        values = List.copyOf(values);
        slots = List.copyOf(slots);
    }

    /** The calls of one suspension point, in the order in which they are made: the operands on top of the stack go first. */
    static List<SuspendCall> of(SuspensionPoint point, String frameClass) {
        List<Integer> slots = point.savedSlots();
        List<SpilledValue> locals = slots.stream().map(point::local).toList();
        List<SpilledValue> all = new ArrayList<>(point.stack());
        all.addAll(locals);
        String name = FrameClassWriter.SUSPEND + point.number();
        if (slotsOf(all) <= MAX_SLOTS) {
            return List.of(new SuspendCall(name, descriptor(all, true, frameClass), all, slots, true));
        }
        List<SuspendCall> calls = new ArrayList<>();
        List<SpilledValue> operands = point.stack();
        for (int end = operands.size(), begin; end > 0; end = begin) {
            begin = end;
            for (int room = MAX_SLOTS;
                    begin > 0 && room >= operands.get(begin - 1).type().getSize();
                    begin--) {
                room -= operands.get(begin - 1).type().getSize();
            }
            List<SpilledValue> some = operands.subList(begin, end);
            calls.add(new SuspendCall(
                    partName(name, calls), descriptor(some, false, frameClass), some, List.of(), false));
        }
        for (int begin = 0, end; begin < locals.size(); begin = end) {
            end = begin;
            for (int room = MAX_SLOTS;
                    end < locals.size() && room >= locals.get(end).type().getSize();
                    end++) {
                room -= locals.get(end).type().getSize();
            }
            List<SpilledValue> some = locals.subList(begin, end);
            calls.add(new SuspendCall(
                    partName(name, calls),
                    descriptor(some, false, frameClass),
                    some,
                    slots.subList(begin, end),
                    false));
        }
        calls.add(new SuspendCall(name, descriptor(List.of(), true, frameClass), List.of(), List.of(), true));
        return calls;
    }

    private static String partName(String name, List<SuspendCall> before) {
        return name + "$" + before.size();
    }

    private static int slotsOf(List<SpilledValue> values) {
        return values.stream().mapToInt(value -> value.type().getSize()).sum();
    }

    private static String descriptor(List<SpilledValue> values, boolean isLast, String frameClass) {
        List<Type> parameters = new ArrayList<>();
        values.forEach(value -> parameters.add(value.type()));
        if (isLast) {
            parameters.add(Type.getObjectType(CoreNames.EXECUTION));
        }
        parameters.add(Type.getObjectType(frameClass));
        return Type.getMethodDescriptor(
                isLast ? Type.getType(Object.class) : Type.VOID_TYPE, parameters.toArray(Type[]::new));
    }
}
