package io.github.jasyncio.transform;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** What the Kotlin compiler makes of declarations that Java does not have. */
final class KotlinShapes {

    private static final String INLINE_FUNCTION = "$i$f$";
    private static final String DEFAULT_METHODS = "$DefaultImpls";

    private KotlinShapes() {}

    /**
     * True for the copy of an inline function that the function's own class has. It begins by setting a variable that bears its name; where its code was put
     * into another function, the arguments come first.
     */
    static boolean isInlineFunction(MethodNode method) {
        if (method.localVariables == null) {
            return false;
        }
        for (AbstractInsnNode instruction : method.instructions) {
            boolean stores = instruction.getOpcode() >= Opcodes.ISTORE && instruction.getOpcode() <= Opcodes.ASTORE;
            if (stores && instruction instanceof VarInsnNode first) {
                return method.localVariables.stream().anyMatch(v -> v.index == first.var && isMark(v, method));
            }
        }
        return false;
    }

    private static boolean isMark(LocalVariableNode variable, MethodNode method) {
        return variable.name.equals(INLINE_FUNCTION + method.name);
    }

    /** True for an interface whose methods have their code in a class beside it, which has their annotations, too. */
    static boolean hasDefaultMethodsBeside(ClassNode owner) {
        return owner.innerClasses.stream().anyMatch(each -> each.name.equals(owner.name + DEFAULT_METHODS));
    }
}
