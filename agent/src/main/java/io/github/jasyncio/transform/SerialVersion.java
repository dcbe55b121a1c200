package io.github.jasyncio.transform;

import java.util.OptionalLong;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.SerialVersionUIDAdder;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;

/**
 * Keeps the {@code serialVersionUID} that a class has without saying so. It is computed from the methods, too, also from those that the rewriting adds
 * (Java Object Serialization Specification, 4.6), and a rewritten class and the same as it was compiled are to exchange objects.
 *
 * <p>It becomes a private synthetic field, in an interface a public one (JVMS 4.5). The methods that are added cannot be of those that do not count, private ones:
 * frames call them. An interface has no objects of its own, but is written where its {@code Class} is.
 */
final class SerialVersion {

    private static final String FIELD = "serialVersionUID";

    private SerialVersion() {}

    /** That of a class which was not rewritten yet; empty if the class says what it is, or if its objects are not serialized by it. */
    static OptionalLong of(ClassNode owner) {
        return mayBeSerializable(owner) ? new Computation().of(owner) : OptionalLong.empty();
    }

    /** What is inherited is not looked up: a class that extends or implements anything may be. */
    private static boolean mayBeSerializable(ClassNode owner) {
        return (owner.access & Opcodes.ACC_ENUM) == 0
                && !"java/lang/Record".equals(owner.superName)
                && (!"java/lang/Object".equals(owner.superName) || !owner.interfaces.isEmpty());
    }

    /** Lets the class say it. */
    static void declare(long value, ClassNode owner) {
        boolean isInterface = (owner.access & Opcodes.ACC_INTERFACE) != 0;
        int visibility = isInterface ? Opcodes.ACC_PUBLIC : Opcodes.ACC_PRIVATE;
        int access = visibility | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC;
        owner.fields.add(new FieldNode(access, FIELD, "J", null, value));
    }

    private static final class Computation extends SerialVersionUIDAdder {

        private OptionalLong found = OptionalLong.empty();

        Computation() {
            super(Opcodes.ASM9, null);
        }

        OptionalLong of(ClassNode owner) {
            owner.accept(this);
            return found;
        }

        /** Called unless the class declares it. */
        @Override
        protected void addSVUID(long value) {
            found = OptionalLong.of(value);
        }
    }
}
