package io.github.jasyncio.transform;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The fields of one frame class: one for receiver and each argument, and as many more of each type as the neediest suspension point takes. Suspension
 * points share fields; an argument that still has its slot and type stays in its own.
 */
final class FrameLayout {

    private final Map<Integer, FrameField> arguments = new LinkedHashMap<>();
    private final List<FrameField> fields = new ArrayList<>();

    /** Begins with the fields of {@code method}'s receiver and arguments. */
    FrameLayout(AsyncMethod method) {
        int number = 0;
        int slot = 0;
        for (Type parameter : method.parameters()) {
            String descriptor = SpilledValue.descriptorOf(Descriptors.verificationType(parameter));
            FrameField field = new FrameField("argument" + number++, descriptor);
            arguments.put(slot, field);
            fields.add(field);
            slot += parameter.getSize();
        }
    }

    /** Receiver and arguments, by the slot they come in. */
    Map<Integer, FrameField> arguments() {
        return arguments;
    }

    /** The field of the receiver or argument that comes in {@code slot}. */
    FrameField argument(int slot) {
        return Objects.requireNonNull(arguments.get(slot), () -> "no argument comes in slot " + slot);
    }

    /** All fields, in the order in which they are declared. */
    List<FrameField> fields() {
        return fields;
    }

    /** The locals at a suspension point with the fields of those that are saved. */
    SortedMap<Integer, SpilledValue> placeLocals(TypeState state, BitSet saved, Set<FrameField> taken) {
        SortedMap<Integer, SpilledValue> placed = new TreeMap<>();
        List<Integer> homeless = new ArrayList<>();
        for (int slot = 0; slot < state.locals().size(); slot++) {
            Object type = state.local(slot);
            if (type == Opcodes.TOP) {
                continue; // no value, or the second half of one
            }
            if (!saved.get(slot) || type.equals(Opcodes.NULL)) {
                placed.put(slot, new SpilledValue(type, null));
                continue;
            }
            FrameField own = arguments.get(slot);
            if (own != null && own.descriptor().equals(SpilledValue.descriptorOf(type)) && taken.add(own)) {
                placed.put(slot, new SpilledValue(type, own));
            } else {
                homeless.add(slot);
            }
        }
        for (int slot : homeless) {
            Object type = state.local(slot);
            placed.put(slot, new SpilledValue(type, take(SpilledValue.descriptorOf(type), taken)));
        }
        return placed;
    }

    /** The operands beneath an awaitable with their fields. */
    List<SpilledValue> placeStack(List<Object> types, Set<FrameField> taken) {
        List<SpilledValue> placed = new ArrayList<>();
        for (Object type : types) {
            placed.add(new SpilledValue(
                    type, type.equals(Opcodes.NULL) ? null : take(SpilledValue.descriptorOf(type), taken)));
        }
        return placed;
    }

    /** A fresh set for {@code taken}: what one suspension point has given away. */
    static Set<FrameField> nothingTaken() {
        return new HashSet<>();
    }

    private FrameField take(String descriptor, Set<FrameField> taken) {
        for (FrameField field : fields) {
            if (field.descriptor().equals(descriptor) && taken.add(field)) {
                return field;
            }
        }
        FrameField field = new FrameField("saved" + (fields.size() - arguments.size()), descriptor);
        fields.add(field);
        taken.add(field);
        return field;
    }
}
