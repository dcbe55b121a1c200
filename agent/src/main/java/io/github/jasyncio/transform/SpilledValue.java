package io.github.jasyncio.transform;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A value that a suspension point carries over a suspension, or puts back to its default behind it.
 *
 * @param verificationType its exact type
 * @param field where it is saved; null if it need not be, because it is dead or the null constant
 */
record SpilledValue(Object verificationType, @Nullable FrameField field) {

    /** The descriptor of a field that holds a value of the given verification type, exactly. */
    static String descriptorOf(Object verificationType) {
        if (verificationType instanceof String internalName) {
            return Type.getObjectType(internalName).getDescriptor();
        } else if (verificationType.equals(Opcodes.INTEGER)) {
            return "I"; // boolean, byte, char and short too: the verifier does not tell them apart (JVMS 2.11.1)
        } else if (verificationType.equals(Opcodes.LONG)) {
            return "J";
        } else if (verificationType.equals(Opcodes.FLOAT)) {
            return "F";
        } else if (verificationType.equals(Opcodes.DOUBLE)) {
            return "D";
        }
        throw new IllegalArgumentException("cannot be kept in a field: " + verificationType);
    }

    /** The type to load, store and return it with. */
    Type type() {
        return verificationType.equals(Opcodes.NULL)
                ? Type.getType(Object.class)
                : Type.getType(descriptorOf(verificationType));
    }
}
