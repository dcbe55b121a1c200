package io.github.jasyncio.agent.javac;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import io.github.jasyncio.transform.SourceLocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tree that a line of a class file means, for its column.
 *
 * <p>The source is parsed once more: when classes are written, javac has taken its own trees to pieces.
 */
final class SourcePlaces extends TreeScanner<@Nullable Void, @Nullable Void> {

    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final Map<Call, List<Tree>> calls = new HashMap<>();
    private final Map<Call, Iterator<Tree>> next = new HashMap<>();
    private final Map<Long, Tree> firstOnLine = new HashMap<>();
    private final List<MethodTree> methods = new ArrayList<>();
    private final Map<Long, MethodTree> methodsByBegin = new HashMap<>();
    private final Map<String, ClassTree> types = new HashMap<>();
    private final Map<Long, ClassTree> typesByBegin = new HashMap<>();
    private final Declarations declarations;

    private record Call(String name, long line) {}

    private SourcePlaces(CompilationUnitTree unit, SourcePositions positions, Declarations declarations) {
        this.unit = unit;
        this.positions = positions;
        this.declarations = declarations;
    }

    /** The places in a source file that javac is compiling. */
    static SourcePlaces of(CompilationUnitTree compiled, Declarations declarations) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavacTask task = (JavacTask) compiler.getTask(
                null, null, ignored -> {}, List.of("-proc:none"), null, List.of(compiled.getSourceFile()));
        CompilationUnitTree unit = compiled;
        try {
            Iterator<? extends CompilationUnitTree> parsed = task.parse().iterator();
            unit = parsed.hasNext() ? parsed.next() : compiled;
        } catch (IOException e) {
            // What is left of javac's own tree serves to find the classes.
        }
        SourcePlaces places = new SourcePlaces(unit, Trees.instance(task).getSourcePositions(), declarations);
        places.scan(unit, null);
        return places;
    }

    /** The place of a diagnostic: the call that it names, or else what begins on its line, or else the method. Calls on one line are given out one after the other. */
    Tree find(SourceLocation where) {
        if (where.call() != null) {
            Call call = new Call(where.call(), where.line());
            List<Tree> found = calls.get(call);
            if (found != null) {
                Iterator<Tree> left = next.computeIfAbsent(call, c -> found.iterator());
                return left.hasNext() ? left.next() : found.get(0);
            }
        }
        MethodTree method = method(where);
        if (method != null && where.call() == null) {
            return method;
        }
        Tree first = firstOnLine.get((long) where.line());
        return first != null ? first : method != null ? method : unit;
    }

    /** The declaration of a class, or of the one around it: an anonymous one has no name to find it by. */
    Tree type(TypeElement type) {
        ClassTree declared = typesByBegin.get(declarations.type(type));
        if (declared != null && !declared.getSimpleName().isEmpty()) {
            return declared;
        }
        Element element = type;
        while (element != null) {
            ClassTree tree = types.get(element.getSimpleName().toString());
            if (tree != null && element instanceof TypeElement) {
                return tree;
            }
            element = element.getEnclosingElement();
        }
        return unit;
    }

    /** Where a place begins, for sorting. */
    long position(Tree place) {
        return positions.getStartPosition(unit, place);
    }

    /**
     * The method that javac knows by that class, name and descriptor. Where a tool has changed the source in javac's hands: the method of that name that begins last
     * before the line; the first one if the line is not known.
     */
    private @Nullable MethodTree method(SourceLocation where) {
        MethodTree found = methodsByBegin.get(declarations.method(where));
        if (found != null) {
            return found;
        }
        for (MethodTree method : methods) {
            if (method.getName().contentEquals(where.methodName())
                    && (found == null || lineOf(positions.getStartPosition(unit, method)) <= where.line())) {
                found = method;
            }
        }
        return found;
    }

    // ------------------------------------------------------------------------------------------------ indexing

    @Override
    public @Nullable Void scan(@Nullable Tree tree, @Nullable Void nothing) {
        if (tree instanceof ExpressionTree || tree instanceof MethodTree) {
            firstOnLine.putIfAbsent(lineOf(positions.getStartPosition(unit, tree)), tree);
        }
        return super.scan(tree, null);
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
        typesByBegin.putIfAbsent(positions.getStartPosition(unit, type), type);
        if (!type.getSimpleName().isEmpty()) {
            types.putIfAbsent(type.getSimpleName().toString(), type);
        }
        return super.visitClass(type, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
        methods.add(method);
        methodsByBegin.putIfAbsent(positions.getStartPosition(unit, method), method);
        return super.visitMethod(method, null);
    }

    /** Arguments first, as they are evaluated. */
    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree invocation, @Nullable Void nothing) {
        super.visitMethodInvocation(invocation, null);
        ExpressionTree method = invocation.getMethodSelect();
        if (method instanceof IdentifierTree identifier) {
            add(identifier.getName().toString(), method);
        } else if (method instanceof MemberSelectTree select) {
            add(select.getIdentifier().toString(), method);
        }
        return null;
    }

    @Override
    public @Nullable Void visitMemberReference(MemberReferenceTree reference, @Nullable Void nothing) {
        add(reference.getName().toString(), reference);
        return super.visitMemberReference(reference, null);
    }

    /** A class file has a call on the line where its arguments begin, and that is where its name ends. */
    private void add(String name, Tree tree) {
        Call call = new Call(name, lineOf(positions.getEndPosition(unit, tree) - 1));
        calls.computeIfAbsent(call, c -> new ArrayList<>()).add(tree);
    }

    private long lineOf(long position) {
        return position < 0 ? 0 : unit.getLineMap().getLineNumber(position);
    }
}
