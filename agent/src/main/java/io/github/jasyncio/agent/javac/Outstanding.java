package io.github.jasyncio.agent.javac;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.NestingKind;
import javax.tools.JavaFileObject;

/**
 * The top-level classes that javac has entered and not yet written: it tells nobody that it has written the last one before it counts its errors.
 */
final class Outstanding {

    private final Map<JavaFileObject, Set<String>> classesBySource = new HashMap<>();

    /** javac enters a source again in each round of annotation processing. */
    void entered(CompilationUnitTree unit) {
        Set<String> classes = new HashSet<>();
        for (Tree declaration : unit.getTypeDecls()) {
            if (declaration instanceof ClassTree type) {
                classes.add(type.getSimpleName().toString());
            }
        }
        if (!classes.isEmpty()) {
            classesBySource.put(unit.getSourceFile(), classes);
        }
    }

    void written(WrittenClass written) {
        Set<String> classes = classesBySource.get(written.source());
        if (classes != null && written.type().getNestingKind() == NestingKind.TOP_LEVEL) {
            classes.remove(written.type().getSimpleName().toString());
            if (classes.isEmpty()) {
                classesBySource.remove(written.source());
            }
        }
    }

    boolean isEmpty() {
        return classesBySource.isEmpty();
    }
}
