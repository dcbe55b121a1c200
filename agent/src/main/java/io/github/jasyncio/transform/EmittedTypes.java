package io.github.jasyncio.transform;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.signature.SignatureReader;
import org.objectweb.asm.signature.SignatureVisitor;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Values that an async generator emits although they are certainly not of the type that it is declared with: {@code emit} takes anything, so the compiler does
 * not see it. Certain is what the names tell: one of both types is a class of the JDK that has no subclasses, and the other is none of its supertypes.
 */
final class EmittedTypes {

    private static final Set<String> OF_ALL = Set.of("java/lang/Object", "java/io/Serializable");
    private static final Set<String> OF_CONSTANTS =
            Set.of("java/lang/Comparable", "java/lang/constant/Constable", "java/lang/constant/ConstantDesc");

    /** Classes without subclasses, and their own supertypes. */
    private static final Map<String, Set<String>> FINAL_CLASSES = Map.of(
            "java/lang/String", Set.of("java/lang/CharSequence"),
            "java/lang/Integer", Set.of("java/lang/Number"),
            "java/lang/Long", Set.of("java/lang/Number"),
            "java/lang/Double", Set.of("java/lang/Number"),
            "java/lang/Float", Set.of("java/lang/Number"),
            "java/lang/Short", Set.of("java/lang/Number"),
            "java/lang/Byte", Set.of("java/lang/Number"),
            "java/lang/Character", Set.of(),
            "java/lang/Boolean", Set.of());

    private EmittedTypes() {}

    /**
     * The emits of such values.
     *
     * @return by instruction, in the order of the code, what is emitted and what should be, as their simple names
     */
    static Map<AbstractInsnNode, List<String>> wrong(ClassNode owner, MethodNode method) {
        @Nullable String declared = method.signature == null ? null : declaredType(method.signature);
        if (declared == null) {
            return Map.of();
        }
        Map<AbstractInsnNode, List<String>> wrong = new TreeMap<>(
                (a, b) -> Integer.compare(method.instructions.indexOf(a), method.instructions.indexOf(b)));
        FrameTypes types = new FrameTypes(owner.name, method);
        for (AbstractInsnNode instruction : method.instructions) {
            TypeState before = types.before(instruction);
            if (Instructions.isEmit(instruction)
                    && before != null
                    && before.top() instanceof String emitted
                    && isCertainlyNot(emitted, declared)) {
                wrong.put(instruction, List.of(simpleName(emitted), simpleName(declared)));
            }
        }
        return wrong;
    }

    private static boolean isCertainlyNot(String emitted, String declared) {
        return !emitted.equals(declared)
                && (isFinalBeside(emitted, declared)
                        || isFinalBeside(declared, emitted)
                        || isArrayBeside(emitted, declared));
    }

    private static boolean isFinalBeside(String name, String other) {
        Set<String> supertypes = FINAL_CLASSES.get(name);
        return supertypes != null
                && !supertypes.contains(other)
                && !OF_ALL.contains(other)
                && !OF_CONSTANTS.contains(other);
    }

    private static boolean isArrayBeside(String emitted, String declared) {
        return emitted.startsWith("[")
                && !declared.startsWith("[")
                && !OF_ALL.contains(declared)
                && !declared.equals("java/lang/Cloneable");
    }

    private static String simpleName(String internalName) {
        String name = Type.getObjectType(internalName).getClassName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** The T of a method that returns {@code AsyncGenerator<T>}; null if that is a type variable, or not told. */
    private static @Nullable String declaredType(String signature) {
        Declared declared = new Declared();
        new SignatureReader(signature).accept(declared);
        return declared.name;
    }

    /** Reads the type argument of the return type: its class, or null. */
    private static final class Declared extends SignatureVisitor {

        private @Nullable String name;

        Declared() {
            super(Opcodes.ASM9);
        }

        @Override
        public SignatureVisitor visitReturnType() {
            return new SignatureVisitor(Opcodes.ASM9) {
                @Override
                public SignatureVisitor visitTypeArgument(char wildcard) {
                    return wildcard == SUPER ? new SignatureVisitor(Opcodes.ASM9) {} : new Argument();
                }
            };
        }

        private final class Argument extends SignatureVisitor {

            Argument() {
                super(Opcodes.ASM9);
            }

            @Override
            public void visitClassType(String internalName) {
                name = internalName;
            }

            @Override
            public void visitInnerClassType(String innerName) {
                name += "$" + innerName;
            }

            @Override
            public SignatureVisitor visitTypeArgument(char wildcard) {
                return new SignatureVisitor(Opcodes.ASM9) {}; // of the type itself only its class is looked at
            }
        }
    }
}
