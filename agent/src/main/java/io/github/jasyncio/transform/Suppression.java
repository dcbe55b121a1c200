package io.github.jasyncio.transform;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.Handle;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The methods of a class whose warnings their author does not want: those that are annotated so, with the lambdas in them. */
final class Suppression {

    private final Set<String> methods = new HashSet<>();

    private Suppression() {}

    static Suppression in(ClassNode owner, LambdaBodies lambdas) {
        Suppression suppression = new Suppression();
        Deque<MethodNode> reached = new ArrayDeque<>();
        for (MethodNode method : owner.methods) {
            if (isAnnotated(method)) {
                reached.add(method);
            }
        }
        while (!reached.isEmpty()) {
            MethodNode method = reached.remove();
            suppression.methods.add(method.name + method.desc);
            for (MethodNode other : owner.methods) {
                if (lambdas.contain(other) && !suppression.covers(other) && refers(method, owner, other)) {
                    reached.add(other);
                }
            }
        }
        return suppression;
    }

    /** True if the method's warnings are not to be reported; errors always are. */
    boolean covers(MethodNode method) {
        return methods.contains(method.name + method.desc);
    }

    private static boolean isAnnotated(MethodNode method) {
        return method.invisibleAnnotations != null
                && method.invisibleAnnotations.stream().anyMatch(a -> a.desc.equals(CoreNames.SUPPRESS_ANNOTATION));
    }

    private static boolean refers(MethodNode method, ClassNode owner, MethodNode lambda) {
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof InvokeDynamicInsnNode dynamic) {
                for (Object argument : dynamic.bsmArgs) {
                    if (argument instanceof Handle handle
                            && handle.getOwner().equals(owner.name)
                            && handle.getName().equals(lambda.name)
                            && handle.getDesc().equals(lambda.desc)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
