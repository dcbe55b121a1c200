package io.github.jasyncio.transform;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Writes what remains of an async method once its code has moved to the body. It has no line numbers, so that a breakpoint on the method's first line
 * stops once, where the code is, and steppers pass it by.
 */
final class StubWriter {

    private final AsyncMethod async;
    private final FrameLayout layout;
    private final InsnList code = new InsnList();

    private StubWriter(AsyncMethod async, FrameLayout layout) {
        this.async = async;
        this.layout = layout;
    }

    static void write(AsyncMethod async, FrameLayout layout) {
        StubWriter writer = new StubWriter(async, layout);
        MethodNode method = async.method();
        method.tryCatchBlocks = new ArrayList<>();
        method.localVariables = null;
        method.visibleLocalVariableAnnotations = null;
        method.invisibleLocalVariableAnnotations = null;
        method.instructions = writer.code;
        switch (async.kind()) {
            case EAGER -> writer.writeEager();
            case RUN -> writer.writeRun();
            case GENERATOR -> {
                writer.newHandle();
                writer.code.add(new MethodInsnNode(
                        Opcodes.INVOKESTATIC,
                        CoreNames.ASYNC_GENERATOR,
                        CoreNames.GENERATOR_OF,
                        CoreNames.GENERATOR_OF_DESCRIPTOR));
                writer.code.add(new InsnNode(Opcodes.ARETURN));
            }
            default -> {
                writer.newHandle();
                writer.code.add(new InsnNode(Opcodes.ARETURN));
            }
        }
    }

    /** {@code new C$f$async$N(receiver, arguments...)}. */
    private void newHandle() {
        boolean byField = async.passesArgumentsInFrame();
        code.add(new TypeInsnNode(Opcodes.NEW, async.frameClass()));
        code.add(new InsnNode(Opcodes.DUP));
        if (!byField) {
            loadParameters();
        }
        code.add(new MethodInsnNode(Opcodes.INVOKESPECIAL, async.frameClass(), "<init>", async.handleDescriptor()));
        if (byField) {
            storeParameters();
        }
    }

    private void loadParameters() {
        int slot = 0;
        for (Type parameter : async.parameters()) {
            code.add(new VarInsnNode(parameter.getOpcode(Opcodes.ILOAD), slot));
            slot += parameter.getSize();
        }
    }

    /** Into the handle on the stack, which stays there. */
    private void storeParameters() {
        int slot = 0;
        for (Type parameter : async.parameters()) {
            FrameField field = layout.argument(slot);
            code.add(new InsnNode(Opcodes.DUP));
            code.add(new VarInsnNode(parameter.getOpcode(Opcodes.ILOAD), slot));
            code.add(new FieldInsnNode(Opcodes.PUTFIELD, async.frameClass(), field.name(), field.descriptor()));
            slot += parameter.getSize();
        }
    }

    /** Runs the body to its end: {@code EntryPoint.run(new C$f$async$N(receiver, arguments...));}. */
    private void writeRun() {
        newHandle();
        boolean isTest = EntryPoints.testAnnotation(async.method()) != null;
        code.add(new MethodInsnNode(
                Opcodes.INVOKESTATIC,
                CoreNames.ENTRY_POINT,
                isTest ? CoreNames.ENTRY_RUN_TEST : CoreNames.ENTRY_RUN,
                CoreNames.ENTRY_DESCRIPTOR));
        code.add(new InsnNode(Opcodes.RETURN));
    }

    /**
     * Runs the body at once: {@code Execution x = new Execution(); Object a; try { a = body(receiver, arguments..., x, null, 0); } catch (Throwable t) {
     * return failed(t); } return a == SUSPENDED ? answered(a, x) : completedFuture(a);}.
     *
     * <p>The question is asked here although {@code answered} would ask it, too: only so the JIT (of JDK 17) leaves the future out where the method is
     * inlined and its future awaited.
     */
    private void writeEager() {
        int execution = async.parameterSlots();
        code.add(new TypeInsnNode(Opcodes.NEW, CoreNames.EXECUTION));
        code.add(new InsnNode(Opcodes.DUP));
        code.add(new MethodInsnNode(Opcodes.INVOKESPECIAL, CoreNames.EXECUTION, "<init>", "()V"));
        code.add(new VarInsnNode(Opcodes.ASTORE, execution));
        LabelNode start = new LabelNode();
        LabelNode end = new LabelNode();
        code.add(start);
        if (async.passesArgumentsInFrame()) {
            newHandle();
            code.add(new VarInsnNode(Opcodes.ALOAD, execution));
            code.add(new MethodInsnNode(
                    Opcodes.INVOKEVIRTUAL, async.frameClass(), CoreNames.START, CoreNames.RUN_DESCRIPTOR));
        } else {
            loadParameters();
            code.add(new VarInsnNode(Opcodes.ALOAD, execution));
            code.add(new InsnNode(Opcodes.ACONST_NULL));
            code.add(new InsnNode(Opcodes.ICONST_0));
            code.add(async.bodyCall());
        }
        code.add(end);
        LabelNode suspended = new LabelNode();
        code.add(new InsnNode(Opcodes.DUP));
        code.add(new FieldInsnNode(Opcodes.GETSTATIC, CoreNames.EXECUTION, CoreNames.SUSPENDED, "Ljava/lang/Object;"));
        code.add(new JumpInsnNode(Opcodes.IF_ACMPEQ, suspended));
        code.add(new MethodInsnNode(
                Opcodes.INVOKESTATIC,
                CoreNames.COMPLETABLE_FUTURE,
                CoreNames.COMPLETED_FUTURE,
                CoreNames.COMPLETED_FUTURE_DESCRIPTOR));
        code.add(new InsnNode(Opcodes.ARETURN));
        code.add(suspended);
        code.add(frame("java/lang/Object"));
        code.add(new VarInsnNode(Opcodes.ALOAD, execution));
        callDriver(CoreNames.EAGER_ANSWERED, CoreNames.EAGER_ANSWERED_DESCRIPTOR);
        LabelNode handler = new LabelNode();
        code.add(handler);
        code.add(frame("java/lang/Throwable"));
        callDriver(CoreNames.EAGER_FAILED, CoreNames.EAGER_FAILED_DESCRIPTOR);
        async.method().tryCatchBlocks.add(new TryCatchBlockNode(start, end, handler, null));
    }

    private FrameNode frame(String onStack) {
        List<Object> locals = new ArrayList<>();
        async.parameters().forEach(parameter -> locals.add(Descriptors.verificationType(parameter)));
        locals.add(CoreNames.EXECUTION);
        return new FrameNode(Opcodes.F_NEW, locals.size(), locals.toArray(), 1, new Object[] {onStack});
    }

    private void callDriver(String name, String descriptor) {
        code.add(new MethodInsnNode(Opcodes.INVOKESTATIC, CoreNames.EAGER_CALL, name, descriptor));
        code.add(new InsnNode(Opcodes.ARETURN));
    }
}
