package io.github.jasyncio.transform;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.MethodNode;

/** What a method is to the rewriting. */
enum AsyncKind {
    /** Not async; left as it is. */
    NONE,
    /** Returns a Coroutine; calling it runs nothing. */
    LAZY,
    /** Returns a CompletableFuture or CompletionStage; calling it runs it up to its first suspension. */
    EAGER,
    /** Returns an AsyncGenerator; its body runs when somebody goes through that. */
    GENERATOR,
    /** Returns nothing, and begins a program or test: calling it runs it to its end. */
    RUN,
    /** Annotated, but it cannot be async. */
    REFUSED;

    /**
     * What {@code method} is.
     *
     * @param lambdas those of its class
     */
    static AsyncKind of(MethodNode method, LambdaBodies lambdas) {
        AsyncKind byType =
                switch (Type.getReturnType(method.desc).getDescriptor()) {
                    case CoreNames.COROUTINE_DESCRIPTOR -> LAZY;
                    case CoreNames.COMPLETABLE_FUTURE_DESCRIPTOR, CoreNames.STAGE_DESCRIPTOR -> EAGER;
                    case CoreNames.ASYNC_GENERATOR_DESCRIPTOR -> GENERATOR;
                    case "V" -> EntryPoints.isMain(method) || EntryPoints.testAnnotation(method) != null ? RUN : NONE;
                    default -> NONE;
                };
        if (isAnnotated(method)) {
            if ((method.access & Opcodes.ACC_BRIDGE) != 0) {
                return NONE; // javac copies annotations to bridges; a bridge only passes the coroutine on
            }
            if (lambdas.moved().areMovedFrom(method)) {
                return NONE;
            }
            int without = Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_SYNCHRONIZED;
            return byType != NONE && (method.access & without) == 0 ? byType : REFUSED;
        }
        boolean isBody = (lambdas.contain(method) && suspends(method, byType))
                || lambdas.moved().contain(method);
        return byType != RUN && isBody ? byType : NONE;
    }

    /** True for a method that is rewritten. */
    boolean isAsync() {
        return this != NONE && this != REFUSED;
    }

    private static boolean isAnnotated(MethodNode method) {
        return has(method.invisibleAnnotations) || has(method.visibleAnnotations);
    }

    private static boolean has(@Nullable List<AnnotationNode> annotations) {
        return annotations != null
                && annotations.stream()
                        .anyMatch(a -> a.desc.equals(CoreNames.ASYNC_ANNOTATION)
                                || a.desc.equals(CoreNames.ASYNC_TEST_ANNOTATION));
    }

    static boolean awaits(MethodNode method) {
        return suspends(method, NONE);
    }

    private static boolean suspends(MethodNode method, AsyncKind kind) {
        for (AbstractInsnNode instruction : method.instructions) {
            if (Instructions.isAwait(instruction)
                    || Instructions.isWaitingClose(instruction)
                    || (kind == GENERATOR && Instructions.isEmit(instruction))) {
                return true;
            }
        }
        return false;
    }
}
