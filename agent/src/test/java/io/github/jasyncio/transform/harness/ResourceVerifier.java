package io.github.jasyncio.transform.harness;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.analysis.SimpleVerifier;

/** ASM's verifier, asking class files instead of loaded classes. */
final class ResourceVerifier extends SimpleVerifier {

    private static final Type OBJECT = Type.getType(Object.class);

    private final ClassHierarchy hierarchy;

    ResourceVerifier(
            Type currentClass,
            @Nullable Type superClass,
            List<Type> interfaces,
            boolean isInterface,
            ClassHierarchy hierarchy) {
        super(Opcodes.ASM9, currentClass, superClass, interfaces, isInterface);
        this.hierarchy = hierarchy;
    }

    @Override
    protected boolean isInterface(Type type) {
        return type.getSort() == Type.OBJECT && hierarchy.isInterface(type.getInternalName());
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
                    : to.getInternalName().equals("java/lang/Cloneable")
                            || to.getInternalName().equals("java/io/Serializable");
        }
        if (to.getSort() == Type.ARRAY) {
            return false;
        }
        // JVMS 4.10.1.2: to the verifier every interface is as good as Object.
        return hierarchy.isInterface(to.getInternalName())
                || hierarchy.isSubclass(from.getInternalName(), to.getInternalName());
    }

    private boolean isArrayAssignable(Type to, Type from) {
        Type toElement = Type.getType(to.getDescriptor().substring(1));
        Type fromElement = Type.getType(from.getDescriptor().substring(1));
        boolean bothReferences = toElement.getSort() >= Type.ARRAY && fromElement.getSort() >= Type.ARRAY;
        return bothReferences ? isAssignableFrom(toElement, fromElement) : toElement.equals(fromElement);
    }
}
