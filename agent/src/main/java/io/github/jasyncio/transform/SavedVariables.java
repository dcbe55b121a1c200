package io.github.jasyncio.transform;

import java.util.BitSet;
import java.util.List;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Which local variables a suspension point saves: those that are live, and for whoever debugs also those that are in scope. Numbers in scope cost a field
 * and keep nothing alive, so they are always saved; references only on demand, because a suspended coroutine must not keep dead objects.
 */
final class SavedVariables {

    private final Liveness liveness;
    private final InsnList instructions;
    private final List<LocalVariableNode> variables;
    private final boolean keepsReferences;

    SavedVariables(MethodNode method, boolean keepsReferences) {
        this.liveness = new Liveness(method);
        this.instructions = method.instructions;
        this.variables = method.localVariables == null ? List.of() : method.localVariables;
        this.keepsReferences = keepsReferences;
    }

    /** The first slots of the variables to save at {@code await}. */
    BitSet at(AbstractInsnNode await) {
        BitSet saved = (BitSet) liveness.before(await).clone();
        int index = instructions.indexOf(await);
        for (LocalVariableNode variable : variables) {
            boolean isReference = variable.desc.charAt(0) == 'L' || variable.desc.charAt(0) == '[';
            boolean isVisible =
                    instructions.indexOf(variable.start) <= index && index < instructions.indexOf(variable.end);
            if (isVisible && (keepsReferences || !isReference)) {
                saved.set(variable.index);
            }
        }
        return saved;
    }
}
