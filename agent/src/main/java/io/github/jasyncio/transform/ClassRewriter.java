package io.github.jasyncio.transform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
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
    private final boolean keepsVariables;
    private final BlockingCalls blockingCalls;
    private final ClassReader reader;
    private final ClassNode node;
    private final MadeNames names;
    private final LambdaBodies lambdas;
    private final Suppression suppression;
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final List<FrameClass> frameClasses = new ArrayList<>();
    private final List<AsyncMethod> asyncMethods = new ArrayList<>();
    private int numbers;
    private boolean changed;

    private ClassRewriter(byte[] classFile, boolean keepsVariables, BlockingCalls blockingCalls, ClassFiles beside) {
        this.classFile = classFile;
        this.keepsVariables = keepsVariables;
        this.blockingCalls = blockingCalls;
        this.reader = new ClassReader(classFile);
        this.node = UnknownAttributes.read(reader);
        this.names = new MadeNames(node, beside);
        this.lambdas = LambdaBodies.in(node);
        this.suppression = Suppression.in(node, lambdas);
    }

    static Result rewrite(byte[] classFile, boolean keepsVariables, BlockingCalls blockingCalls, ClassFiles beside) {
        Map<String, Diagnostic> tooLarge = new HashMap<>();
        while (true) {
            ClassRewriter rewriter = new ClassRewriter(classFile, keepsVariables, blockingCalls, beside);
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
        if (MadeNames.isMarked(node)) {
            return new Result(false, classFile, List.of(), List.of());
        }
        OptionalLong serialVersion = SerialVersion.of(node);
        for (MethodNode method : node.methods) {
            check(method, tooLarge);
        }
        Fingerprint stateLayouts = new Fingerprint();
        boolean suspends = false;
        List<MethodNode> bodies = new ArrayList<>();
        for (AsyncMethod async : asyncMethods) {
            BodyWriter.Body body = BodyWriter.write(async);
            frameClasses.add(FrameClassWriter.write(async, body));
            bodies.add(body.method());
            stateLayouts.add(async.frameClass()).add(body.stateLayout());
            suspends |= !body.points().isEmpty();
        }
        if (suspends) {
            node.methods.add(StateLayout.bearer(stateLayouts.toString()));
        }
        node.methods.addAll(bodies);
        if (!changed) {
            return new Result(false, classFile, List.of(), diagnostics);
        }
        if (!asyncMethods.isEmpty()) {
            serialVersion.ifPresent(value -> SerialVersion.declare(value, node));
        }
        mark();
        ClassWriter writer = new WriterWithoutClassLoading(reader);
        node.accept(writer);
        return new Result(true, writer.toByteArray(), frameClasses, diagnostics);
    }

    /** Sorts a method into those to rewrite, to refuse, and to leave alone. */
    private void check(MethodNode method, Map<String, Diagnostic> tooLarge) {
        AsyncKind kind = AsyncKind.of(method, lambdas);
        if (kind == AsyncKind.NONE && AsyncKind.awaits(method) && KotlinShapes.isInlineFunction(method)) {
            refuseInlineFunction(method);
            return;
        }
        while (kind.isAsync() && names.areTaken(method, numbers)) {
            numbers++;
        }
        AsyncMethod async = new AsyncMethod(node, method, numbers, kind, keepsVariables);
        List<Diagnostic> found = new ArrayList<>(Misuse.in(node, method, lambdas, blockingCalls));
        if (suppression.covers(method)) {
            found.removeIf(diagnostic -> diagnostic.severity() == Severity.WARNING);
        }
        if (async.kind().isAsync()) {
            numbers++;
            Diagnostic size = tooLarge.get(async.bodyName());
            if (size != null) {
                found.add(size);
            } else if (!hasErrors(found)) {
                method.maxLocals = LocalSlots.used(method);
                AwaitCloses.in(node, method);
                moveNews(async, found);
                checkSlots(async, found);
            }
        }
        diagnostics.addAll(found);
        if (hasErrors(found)) {
            refuse(method, found);
        } else if (async.kind().isAsync()) {
            changed = true;
            asyncMethods.add(async);
        }
    }

    private static void checkSlots(AsyncMethod async, List<Diagnostic> found) {
        int slots = async.method().maxLocals + LocalSlots.ADDED;
        if (slots > LocalSlots.MOST) {
            found.add(new Diagnostic(
                    Severity.ERROR,
                    async.at(Instructions.firstLine(async.method().instructions)),
                    "the rewritten method would take " + slots + " slots of local variables, more than the "
                            + LocalSlots.MOST + " that a class file allows",
                    "Move parts of it into @Async methods of their own."));
        }
    }

    private static void moveNews(AsyncMethod async, List<Diagnostic> found) {
        @Nullable AbstractInsnNode strange = MoveNewBehindArguments.in(async.owner().name, async.method());
        if (strange != null) {
            found.add(new Diagnostic(
                    Severity.ERROR,
                    async.at(Instructions.lineOf(strange)),
                    "await among the arguments of a constructor, compiled in a way that is not known here",
                    "Await into a local variable first, and pass that."));
        }
    }

    private void mark() {
        AnnotationNode mark = new AnnotationNode(CoreNames.REWRITTEN_ANNOTATION);
        mark.visit(CoreNames.REWRITTEN_PROTOCOL, CoreNames.PROTOCOL);
        if (node.invisibleAnnotations == null) {
            node.invisibleAnnotations = new ArrayList<>();
        }
        node.invisibleAnnotations.add(mark);
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

    /** Kotlin puts the code wherever the function is called; that it also stands here is for other languages, which could not await. */
    private void refuseInlineFunction(MethodNode method) {
        refuse(
                method,
                List.of(new Diagnostic(
                        Severity.ERROR,
                        new SourceLocation(
                                Descriptors.className(node.name),
                                method.name,
                                method.desc,
                                node.sourceFile,
                                Instructions.firstLine(method.instructions)),
                        "this inline function of Kotlin awaits, and can be called from Kotlin only",
                        "Call an @Async function that calls it.")));
    }

    private Diagnostic tooLarge(MethodTooLargeException e) {
        AsyncMethod async = asyncMethods.stream()
                .filter(a -> a.bodyName().equals(e.getMethodName()))
                .findFirst()
                .orElseThrow(() -> e);
        return new Diagnostic(
                Severity.ERROR,
                async.at(firstLineOf(e.getMethodName())),
                "the rewritten method would take " + e.getCodeSize()
                        + " bytes, more than the 65535 that a class file allows",
                "Move parts of it into @Async methods of their own.");
    }

    private int firstLineOf(String methodName) {
        return node.methods.stream()
                .filter(method -> method.name.equals(methodName))
                .mapToInt(method -> Instructions.firstLine(method.instructions))
                .max()
                .orElse(0);
    }

    /**
     * Sizes are computed, frames are ours: nothing here asks for a common superclass, which would load classes. The constant pool is added to, and what is in
     * it keeps its place: attributes that we do not know may refer to it.
     */
    private static final class WriterWithoutClassLoading extends ClassWriter {

        WriterWithoutClassLoading(ClassReader reader) {
            super(reader, COMPUTE_MAXS);
        }

        @Override
        protected String getCommonSuperClass(String type1, String type2) {
            throw new IllegalStateException("no class is looked up while rewriting: " + type1 + ", " + type2);
        }
    }
}
