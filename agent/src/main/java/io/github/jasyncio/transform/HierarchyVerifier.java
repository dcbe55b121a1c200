package io.github.jasyncio.transform;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.analysis.SimpleVerifier;

/** ASM's verifier, asking class files instead of loaded classes. */
final class HierarchyVerifier extends SimpleVerifier {

    private static final Type OBJECT = Type.getType(Object.class);

    private final ClassHierarchy hierarchy;

    HierarchyVerifier(ClassNode node, ClassHierarchy hierarchy) {
        super(
                Opcodes.ASM9,
                Type.getObjectType(node.name),
                node.superName == null ? null : Type.getObjectType(node.superName),
                List.of(),
                (node.access & Opcodes.ACC_INTERFACE) != 0);
        this.hierarchy = hierarchy;
    }

    @Override
    protected boolean isInterface(Type type) {
        return type.getSort() == Type.OBJECT && hierarchy.mayBeInterface(type.getInternalName());
    }

    @Override
    protected @Nullable Type getSuperClass(Type type) {
        if (type.getSort() == Type.ARRAY) {
            return OBJECT;
        }
        String superName = hierarchy.superName(type.getInternalName());
        return superName == null ? null : Type.getObjectType(superName);
    }

    @Override
    protected boolean isAssignableFrom(Type to, Type from) {
        if (to.equals(from) || to.equals(OBJECT)) {
            return true;
        }
        if (from.getSort() == Type.ARRAY) {
            return to.getSort() == Type.ARRAY
                    ? isArrayAssignable(to, from)
                    : hierarchy.mayBeInterface(to.getInternalName());
        }
        return to.getSort() != Type.ARRAY
                && (hierarchy.mayBeInterface(to.getInternalName())
                        || hierarchy.maySubclass(from.getInternalName(), to.getInternalName()));
    }

    private boolean isArrayAssignable(Type to, Type from) {
        Type toElement = Type.getType(to.getDescriptor().substring(1));
        Type fromElement = Type.getType(from.getDescriptor().substring(1));
        boolean bothReferences = toElement.getSort() >= Type.ARRAY && fromElement.getSort() >= Type.ARRAY;
        return bothReferences ? isAssignableFrom(toElement, fromElement) : toElement.equals(fromElement);
    }
}
