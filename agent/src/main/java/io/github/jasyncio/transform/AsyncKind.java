package io.github.jasyncio.transform;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.MethodNode;

/** What a method is to the rewriting. */
enum AsyncKind {
    /** Not async; left as it is. */
    NONE,
    /** Annotated, or a lambda that awaits; returns a Coroutine. */
    LAZY,
    /** Annotated, but it cannot be async. */
    REFUSED;

    static AsyncKind of(MethodNode method) {
        boolean returnsCoroutine =
                Type.getReturnType(method.desc).getDescriptor().equals(CoreNames.COROUTINE_DESCRIPTOR);
        if (isAnnotated(method)) {
            if ((method.access & Opcodes.ACC_BRIDGE) != 0) {
                return NONE; // javac copies annotations to bridges; a bridge only passes the handle on
            }
            int without = Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_SYNCHRONIZED;
            return returnsCoroutine && (method.access & without) == 0 ? LAZY : REFUSED;
        }
        return isLambda(method) && returnsCoroutine && awaits(method) ? LAZY : NONE;
    }

    /** True for the methods in which javac, and the Eclipse compiler, put the bodies of lambdas. */
    static boolean isLambda(MethodNode method) {
        return (method.access & Opcodes.ACC_SYNTHETIC) != 0 && method.name.startsWith("lambda$");
    }

    private static boolean isAnnotated(MethodNode method) {
        return has(method.invisibleAnnotations) || has(method.visibleAnnotations);
    }

    private static boolean has(@Nullable List<AnnotationNode> annotations) {
        return annotations != null && annotations.stream().anyMatch(a -> a.desc.equals(CoreNames.ASYNC_ANNOTATION));
    }

    private static boolean awaits(MethodNode method) {
        for (AbstractInsnNode instruction : method.instructions) {
            if (Instructions.isAwait(instruction)) {
                return true;
            }
        }
        return false;
    }
}
