package io.github.jasyncio.transform;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Descriptors and the verification types they stand for. */
final class Descriptors {

    private Descriptors() {}

    /** The verification type of a value of the given type (JVMS 4.10.1.2). */
    static Object verificationType(Type type) {
        return switch (type.getSort()) {
            case Type.BOOLEAN, Type.BYTE, Type.CHAR, Type.SHORT, Type.INT -> Opcodes.INTEGER;
            case Type.LONG -> Opcodes.LONG;
            case Type.FLOAT -> Opcodes.FLOAT;
            case Type.DOUBLE -> Opcodes.DOUBLE;
            default -> type.getInternalName();
        };
    }

    /** The opcode that pushes the default value of a type: zero or null. */
    static int defaultConstant(Type type) {
        return switch (type.getSort()) {
            case Type.BOOLEAN, Type.BYTE, Type.CHAR, Type.SHORT, Type.INT -> Opcodes.ICONST_0;
            case Type.LONG -> Opcodes.LCONST_0;
            case Type.FLOAT -> Opcodes.FCONST_0;
            case Type.DOUBLE -> Opcodes.DCONST_0;
            default -> Opcodes.ACONST_NULL;
        };
    }

    /** Class name as in {@code shop.Orders}. */
    static String className(String internalName) {
        return internalName.replace('/', '.');
    }

    /** Class name without its package, as in {@code Orders}. */
    static String simpleName(String internalName) {
        return internalName.substring(internalName.lastIndexOf('/') + 1);
    }
}
