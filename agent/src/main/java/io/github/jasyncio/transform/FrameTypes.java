package io.github.jasyncio.transform;

import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.commons.AnalyzerAdapter;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The types before every instruction of a method, exactly as the class file's own StackMapTable states them at merges (JVMS 4.7.4), simulated in
 * straight lines between. No class is loaded and no common superclass is looked for.
 */
final class FrameTypes {

    private final IdentityHashMap<AbstractInsnNode, TypeState> before = new IdentityHashMap<>();

    /** Simulates {@code method} of the class {@code owner}, whose frames must be expanded. */
    FrameTypes(String owner, MethodNode method) {
        AnalyzerAdapter simulation = new AnalyzerAdapter(owner, method.access, method.name, method.desc, null);
        for (AbstractInsnNode instruction : method.instructions) {
            List<Object> locals = simulation.locals;
            if (locals != null && instruction.getOpcode() >= 0) {
                before.put(instruction, new TypeState(locals, simulation.stack));
            }
            instruction.accept(simulation);
        }
    }

    /** The types before {@code instruction}; null if it cannot be reached. */
    @Nullable
    TypeState before(AbstractInsnNode instruction) {
        return before.get(instruction);
    }
}
