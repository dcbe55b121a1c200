package io.github.jasyncio.transform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** Rewrites one class: finds its async methods, says what is wrong with them, and sends the rest through the pipeline. */
final class ClassRewriter {

    private final byte[] classFile;
    private final ClassNode node = new ClassNode();
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final List<FrameClass> frameClasses = new ArrayList<>();
    private boolean changed;

    private ClassRewriter(byte[] classFile) {
        this.classFile = classFile;
        new ClassReader(classFile).accept(node, ClassReader.EXPAND_FRAMES);
    }

    static Result rewrite(byte[] classFile) {
        Map<String, Diagnostic> tooLarge = new HashMap<>();
        while (true) {
            ClassRewriter rewriter = new ClassRewriter(classFile);
            try {
                return rewriter.run(tooLarge);
            } catch (MethodTooLargeException e) {
                if (tooLarge.putIfAbsent(e.getMethodName(), rewriter.tooLarge(e)) != null) {
                    throw e;
                }
            }
        }
    }

    private Result run(Map<String, Diagnostic> tooLarge) {
        if (isRewritten()) {
            return new Result(false, classFile, List.of(), List.of());
        }
        int asyncMethods = 0;
        for (MethodNode method : List.copyOf(node.methods)) {
            List<Diagnostic> found = new ArrayList<>(Misuse.in(node, method));
            boolean isAsync = AsyncKind.of(method) == AsyncKind.LAZY;
            AsyncMethod async = new AsyncMethod(node, method, asyncMethods);
            if (isAsync) {
                asyncMethods++;
                Diagnostic size = tooLarge.get(async.bodyName());
                if (size != null) {
                    found.add(size);
                }
            }
            diagnostics.addAll(found);
            if (hasErrors(found)) {
                refuse(method, found);
            } else if (isAsync) {
                rewrite(async);
            }
        }
        if (!changed) {
            return new Result(false, classFile, List.of(), diagnostics);
        }
        mark();
        ClassWriter writer = new WriterWithoutClassLoading();
        node.accept(writer);
        return new Result(true, writer.toByteArray(), frameClasses, diagnostics);
    }

    private boolean isRewritten() {
        return node.invisibleAnnotations != null
                && node.invisibleAnnotations.stream().anyMatch(a -> a.desc.equals(CoreNames.REWRITTEN_ANNOTATION));
    }

    private void mark() {
        AnnotationNode mark = new AnnotationNode(CoreNames.REWRITTEN_ANNOTATION);
        mark.visit("value", CoreNames.PROTOCOL);
        if (node.invisibleAnnotations == null) {
            node.invisibleAnnotations = new ArrayList<>();
        }
        node.invisibleAnnotations.add(mark);
    }

    private void rewrite(AsyncMethod async) {
        changed = true;
        @Nullable AbstractInsnNode strange = MoveNewBehindArguments.in(node.name, async.method());
        if (strange != null) {
            List<Diagnostic> found = List.of(new Diagnostic(
                    Severity.ERROR,
                    where(async.method(), Instructions.lineOf(strange)),
                    "await among the arguments of a constructor, compiled in a way that is not known here",
                    "Await into a local variable first, and pass that."));
            diagnostics.addAll(found);
            refuse(async.method(), found);
            return;
        }
        BodyWriter.Body body = BodyWriter.write(async);
        frameClasses.add(FrameClassWriter.write(async, body));
        node.methods.add(body.method());
    }

    // ------------------------------------------------------------------------------------------------ errors

    private static boolean hasErrors(List<Diagnostic> found) {
        return found.stream().anyMatch(d -> d.severity() == Severity.ERROR);
    }

    /** Makes a method say what is wrong with it when it is called. */
    private void refuse(MethodNode method, List<Diagnostic> found) {
        if ((method.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0) {
            return; // there is no code to replace
        }
        changed = true;
        String message = found.stream()
                .filter(d -> d.severity() == Severity.ERROR)
                .map(Diagnostic::toString)
                .collect(Collectors.joining("\n"));
        InsnList code = new InsnList();
        code.add(new TypeInsnNode(Opcodes.NEW, "java/lang/IllegalStateException"));
        code.add(new InsnNode(Opcodes.DUP));
        code.add(new LdcInsnNode(message));
        code.add(new MethodInsnNode(
                Opcodes.INVOKESPECIAL, "java/lang/IllegalStateException", "<init>", "(Ljava/lang/String;)V"));
        code.add(new InsnNode(Opcodes.ATHROW));
        method.instructions = code;
        method.tryCatchBlocks = new ArrayList<>();
        method.localVariables = null;
        method.visibleLocalVariableAnnotations = null;
        method.invisibleLocalVariableAnnotations = null;
    }

    private Diagnostic tooLarge(MethodTooLargeException e) {
        String name = e.getMethodName();
        int line = 0;
        int number = 0;
        for (MethodNode method : node.methods) {
            if (AsyncKind.of(method) == AsyncKind.LAZY
                    && new AsyncMethod(node, method, number++).bodyName().equals(name)) {
                name = method.name;
            }
            if (method.name.equals(e.getMethodName())) {
                line = Instructions.firstLine(method.instructions);
            }
        }
        return new Diagnostic(
                Severity.ERROR,
                new SourceLocation(Descriptors.className(node.name), name, node.sourceFile, line),
                "the rewritten method would take " + e.getCodeSize()
                        + " bytes, more than the 65535 that a class file allows",
                "Move parts of it into @Async methods of their own.");
    }

    private SourceLocation where(MethodNode method, int line) {
        return new SourceLocation(Descriptors.className(node.name), method.name, node.sourceFile, line);
    }

    /** Sizes are computed, frames are ours: nothing here asks for a common superclass, which would load classes. */
    private static final class WriterWithoutClassLoading extends ClassWriter {

        WriterWithoutClassLoading() {
            super(COMPUTE_MAXS);
        }

        @Override
        protected String getCommonSuperClass(String type1, String type2) {
            throw new IllegalStateException("no class is looked up while rewriting: " + type1 + ", " + type2);
        }
    }
}
