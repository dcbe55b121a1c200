package io.github.jasyncio.agent.javac;

import io.github.jasyncio.transform.ClassFiles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Class files with a header and nothing in them, made from what javac knows: enough to tell who extends whom, and there before javac has
 * written the class itself.
 */
final class ElementHeaders implements ClassFiles {

    private static final String OBJECT = "java/lang/Object";

    private final Elements elements;
    private final Map<String, TypeElement> written = new HashMap<>();

    ElementHeaders(Elements elements) {
        this.elements = elements;
    }

    /** Remembers a class of this compilation; local and anonymous ones cannot be asked for by name. */
    void add(TypeElement type) {
        written.put(internalName(type), type);
    }

    @Override
    public byte @Nullable [] find(String internalName) {
        TypeElement type = written.get(internalName);
        if (type == null) {
            // Not by the name as it is: javac would take a$b for a top-level class, and enter it.
            type = elements.getTypeElement(internalName.replace('/', '.').replace('$', '.'));
        }
        return type == null || !internalName(type).equals(internalName) ? null : header(type);
    }

    private byte[] header(TypeElement type) {
        ClassWriter writer = new ClassWriter(0);
        boolean isInterface = type.getKind().isInterface();
        List<String> interfaces = type.getInterfaces().stream()
                .map(this::internalName)
                .filter(Objects::nonNull)
                .toList();
        String superName = internalName(type.getSuperclass());
        writer.visit(
                Opcodes.V1_8,
                isInterface ? Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT : 0,
                internalName(type),
                null,
                superName == null && isInterface ? OBJECT : superName,
                interfaces.toArray(String[]::new));
        return writer.toByteArray();
    }

    private @Nullable String internalName(TypeMirror type) {
        if (!(type instanceof DeclaredType declared)) {
            return null;
        }
        Element element = declared.asElement();
        return element instanceof TypeElement typeElement ? internalName(typeElement) : null;
    }

    private String internalName(TypeElement type) {
        return elements.getBinaryName(type).toString().replace('.', '/');
    }
}
