package io.github.jasyncio.agent.javac;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import io.github.jasyncio.transform.SourceLocation;
import java.util.HashMap;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/**
 * Where the classes and methods of a compilation begin in their sources, by the names that class files know them by. In a source alone a local class has no
 * such name, and a parameter no type; after a class is written, javac's tree of it is no more what was parsed. So this is asked in between.
 */
final class Declarations {

    private final Trees trees;
    private final Elements elements;
    private final Types types;
    private final Map<String, Long> positions = new HashMap<>();

    Declarations(Trees trees, Elements elements, Types types) {
        this.trees = trees;
        this.elements = elements;
        this.types = types;
    }

    /** Takes note of a class that javac has just analyzed, and of those in it. */
    void add(TypeElement analyzed) {
        @Nullable TreePath path = trees.getPath(analyzed);
        if (path != null) {
            new Scanner().scan(path, null);
        }
    }

    /** Where the method begins; -1 if it is none that stands in the source. */
    long method(SourceLocation where) {
        return positions.getOrDefault(key(where.className(), where.methodName(), where.descriptor()), -1L);
    }

    /** Where the class begins; -1 if it does not stand in the source. */
    long type(TypeElement type) {
        return positions.getOrDefault(elements.getBinaryName(type).toString(), -1L);
    }

    private static String key(String className, String methodName, String descriptor) {
        return className + " " + methodName + descriptor;
    }

    // ------------------------------------------------------------------------------------------------ names

    private String key(ExecutableElement method, TypeElement owner) {
        StringBuilder descriptor = new StringBuilder("(");
        for (VariableElement parameter : method.getParameters()) {
            descriptor.append(descriptor(parameter.asType()));
        }
        descriptor.append(')').append(descriptor(method.getReturnType()));
        return key(
                elements.getBinaryName(owner).toString(), method.getSimpleName().toString(), descriptor.toString());
    }

    private String descriptor(TypeMirror type) {
        return switch (type.getKind()) {
            case BOOLEAN -> "Z";
            case BYTE -> "B";
            case SHORT -> "S";
            case CHAR -> "C";
            case INT -> "I";
            case LONG -> "J";
            case FLOAT -> "F";
            case DOUBLE -> "D";
            case VOID -> "V";
            case ARRAY -> "[" + descriptor(((ArrayType) type).getComponentType());
            default ->
                types.erasure(type) instanceof DeclaredType declared
                                && declared.asElement() instanceof TypeElement element
                        ? "L" + elements.getBinaryName(element).toString().replace('.', '/') + ";"
                        : "?"; // in a class with errors, which is never written
        };
    }

    private final class Scanner extends TreePathScanner<@Nullable Void, @Nullable Void> {

        @Override
        public @Nullable Void visitClass(ClassTree tree, @Nullable Void nothing) {
            if (element() instanceof TypeElement type) {
                positions.put(elements.getBinaryName(type).toString(), begin());
            }
            return super.visitClass(tree, null);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree tree, @Nullable Void nothing) {
            if (element() instanceof ExecutableElement method
                    && method.getEnclosingElement() instanceof TypeElement owner) {
                positions.put(key(method, owner), begin());
            }
            return super.visitMethod(tree, null);
        }

        private @Nullable Element element() {
            return trees.getElement(getCurrentPath());
        }

        private long begin() {
            TreePath path = getCurrentPath();
            return trees.getSourcePositions().getStartPosition(path.getCompilationUnit(), path.getLeaf());
        }
    }
}
