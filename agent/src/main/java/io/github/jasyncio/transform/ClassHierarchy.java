package io.github.jasyncio.transform;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;

/** Who extends whom, read from class files. What is not to be found is taken to be whatever is asked of it. */
final class ClassHierarchy {

    private final ClassFiles classes;
    private final Map<String, Optional<Header>> headers = new HashMap<>();
    private final @Nullable ClassHierarchy others;

    ClassHierarchy(ClassFiles classes) {
        this(classes, null);
    }

    /** Of these classes, and of {@code others}, which stays when these are forgotten. */
    ClassHierarchy(ClassFiles classes, @Nullable ClassHierarchy others) {
        this.classes = classes;
        this.others = others;
    }

    /** True for interfaces, and for what is unknown: to the verifier an interface is as good as Object (JVMS 4.10.1.2). */
    boolean mayBeInterface(String internalName) {
        return header(internalName).map(Header::isInterface).orElse(true);
    }

    /** The superclass; null of Object; Object of what is unknown. */
    @Nullable
    String superName(String internalName) {
        Optional<Header> header = header(internalName);
        return header.isPresent() ? header.get().superName() : "java/lang/Object";
    }

    /** True if one extends or implements the other, or if that cannot be found out. */
    boolean maySubclass(String internalName, String ancestor) {
        if (internalName.equals(ancestor)) {
            return true;
        }
        Optional<Header> header = header(internalName);
        if (header.isEmpty()) {
            return true;
        }
        for (String parent : header.get().interfaces()) {
            if (maySubclass(parent, ancestor)) {
                return true;
            }
        }
        String superName = header.get().superName();
        return superName != null && maySubclass(superName, ancestor);
    }

    private Optional<Header> header(String internalName) {
        Optional<Header> known = headers.get(internalName);
        if (known == null) {
            byte[] classFile = classes.find(internalName);
            if (classFile == null && others != null) {
                return others.header(internalName);
            }
            known = classFile == null ? Optional.empty() : Optional.of(Header.of(new ClassReader(classFile)));
            headers.put(internalName, known);
        }
        return known;
    }

    private record Header(boolean isInterface, @Nullable String superName, List<String> interfaces) {

        static Header of(ClassReader reader) {
            boolean isInterface = (reader.getAccess() & Opcodes.ACC_INTERFACE) != 0;
            return new Header(isInterface, reader.getSuperName(), List.of(reader.getInterfaces()));
        }
    }
}
