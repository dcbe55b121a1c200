package io.github.jasyncio.transform.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;

/** Who extends whom, read from class files without loading a class. */
final class ClassHierarchy {

    private static final Map<String, Header> OUTSIDE = new ConcurrentHashMap<>();

    private final ClassFiles classes;

    ClassHierarchy(ClassFiles classes) {
        this.classes = classes;
    }

    boolean isInterface(String internalName) {
        return header(internalName).isInterface;
    }

    @Nullable
    String superName(String internalName) {
        return header(internalName).superName;
    }

    boolean isSubclass(String internalName, String ancestor) {
        if (internalName.equals(ancestor)) {
            return true;
        }
        Header header = header(internalName);
        for (String parent : header.interfaces) {
            if (isSubclass(parent, ancestor)) {
                return true;
            }
        }
        return header.superName != null && isSubclass(header.superName, ancestor);
    }

    /** As the verifier merges types: an interface is as good as Object. */
    String commonSuperclass(String a, String b) {
        if (isInterface(a) || isInterface(b)) {
            return "java/lang/Object";
        }
        String common = a;
        while (!isSubclass(b, common)) {
            common = header(common).superName;
            if (common == null) {
                return "java/lang/Object";
            }
        }
        return common;
    }

    private Header header(String internalName) {
        byte[] bytes = classes.bytes(internalName.replace('/', '.'));
        return bytes != null
                ? Header.of(new ClassReader(bytes))
                : OUTSIDE.computeIfAbsent(internalName, ClassHierarchy::outside);
    }

    private static Header outside(String internalName) {
        ClassLoader loader = ClassHierarchy.class.getClassLoader();
        try (InputStream in = loader.getResourceAsStream(internalName + ".class")) {
            if (in == null) {
                throw new IllegalArgumentException("no class file of " + internalName);
            }
            return Header.of(new ClassReader(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Header(boolean isInterface, @Nullable String superName, java.util.List<String> interfaces) {

        static Header of(ClassReader reader) {
            return new Header(
                    (reader.getAccess() & Opcodes.ACC_INTERFACE) != 0,
                    reader.getSuperName(),
                    java.util.List.of(reader.getInterfaces()));
        }
    }
}
