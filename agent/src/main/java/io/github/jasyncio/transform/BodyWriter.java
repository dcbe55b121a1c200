package io.github.jasyncio.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Turns the code of an async method into its body: a static method that takes receiver, arguments, execution, a frame that may be null and the state
 * that the frame had, and answers the value or SUSPENDED.
 *
 * <pre>
 *         if (state == CREATED) goto START       asks nothing of the frame: for the JIT it is then the same value in all of the code,
 *         switch (state) { 1: RESUME_1 ... }     and nothing is known of it that would have to be forgotten where ways meet
 * RESUME_k:                                      outside all try ranges: a handler's frame wants its locals typed at every instruction of its
 *         locals and operands = frame.*          range (JVMS 4.10.1.4), and here they are not yet; before all lines, so that a coverage report
 *         goto BACK_k                            does not take them for the user's
 * START:  the code as it was, but for each await(x):
 *             r = x.start(execution)
 *             if (r == SUSPENDED) return suspend$k(operands, live locals, execution, frame)
 * BACK_k:     (or)  r = execution.result()       reached only from RESUME_k; throws a failure, inside the try ranges of the await
 *             ... r ...
 * </pre>
 *
 * Local variables keep their slots; execution and frame live in two slots behind the last.
 */
final class BodyWriter {

    private final AsyncMethod async;
    private final MethodNode method;
    private final FrameLayout layout;
    private final FrameTypes types;
    private final String frameClass;
    private final int executionSlot;
    private final int frameSlot;
    private final List<SuspensionPoint> points = new ArrayList<>();

    private BodyWriter(AsyncMethod async) {
        this.async = async;
        this.method = async.method();
        this.layout = new FrameLayout(async);
        this.types = new FrameTypes(async.owner().name, method);
        this.frameClass = async.frameClass();
        this.executionSlot = method.maxLocals;
        this.frameSlot = method.maxLocals + 1;
    }

    /**
     * Makes the body of {@code async}, taking the code away from its method.
     *
     * @return the body, and what the frame class needs to know
     */
    static Body write(AsyncMethod async) {
        return new BodyWriter(async).write();
    }

    /**
     * A body and what goes with it.
     *
     * @param method the body
     * @param layout the fields of the frame class
     * @param points the suspension points, in the order of their numbers
     * @param firstLine the first source line of the method; 0 if the class file does not tell
     * @param stateLayout the fingerprint of what a suspended coroutine's state means
     */
    record Body(
            MethodNode method, FrameLayout layout, List<SuspensionPoint> points, int firstLine, String stateLayout) {}

    private Body write() {
        int firstLine = Instructions.firstLine(method.instructions);
        dropUnreachable();
        findSuspensionPoints();
        String stateLayout = StateLayout.of(method, points);
        widenFrames();
        for (AbstractInsnNode instruction : method.instructions.toArray()) {
            if (instruction.getOpcode() == Opcodes.ARETURN) {
                rewriteReturn(instruction);
            } else if (instruction.getOpcode() == Opcodes.RETURN) {
                method.instructions.insertBefore(instruction, new InsnNode(Opcodes.ACONST_NULL));
                method.instructions.set(instruction, new InsnNode(Opcodes.ARETURN));
            }
        }
        for (SuspensionPoint point : points) {
            if (Instructions.isEmit(point.await())) {
                rewriteEmit(point);
            } else {
                rewriteAwait(point);
            }
        }
        method.instructions.insert(prologue());
        method.tryCatchBlocks.removeIf(this::isEmpty); // of those whose only call was taken out
        return new Body(body(), layout, points, firstLine, stateLayout);
    }

    /** What follows an endless loop, say: it has no types, so no frames could be written for it. */
    private void dropUnreachable() {
        for (AbstractInsnNode instruction : method.instructions.toArray()) {
            if (instruction.getOpcode() >= 0 && types.before(instruction) == null) {
                method.instructions.remove(instruction);
            }
        }
        method.tryCatchBlocks.removeIf(this::isEmpty);
    }

    private boolean isEmpty(TryCatchBlockNode block) {
        for (AbstractInsnNode at = block.start; at != null && at != block.end; at = at.getNext()) {
            if (at.getOpcode() >= 0) {
                return false;
            }
        }
        return true;
    }

    private void findSuspensionPoints() {
        SavedVariables saved = new SavedVariables(method, async.keepsVariables());
        for (AbstractInsnNode instruction : method.instructions) {
            if (!Instructions.suspends(instruction)) {
                continue;
            }
            TypeState before = types.before(instruction);
            if (before == null) {
                throw new IllegalStateException("an await without types");
            }
            Set<FrameField> taken = FrameLayout.nothingTaken();
            List<Object> operands = before.stackValues();
            points.add(new SuspensionPoint(
                    points.size() + 1,
                    (MethodInsnNode) instruction,
                    Instructions.lineOf(instruction),
                    before,
                    layout.placeLocals(before, saved.at(instruction), taken),
                    layout.placeStack(operands.subList(0, operands.size() - 1), taken),
                    new LabelNode()));
        }
    }

    // ------------------------------------------------------------------------------------------------ frames

    /** Tells every frame of the method of execution and frame. */
    private void widenFrames() {
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof FrameNode frame) {
                frame.local = withExecutionAndFrame(frame.local);
            }
        }
    }

    private List<Object> withExecutionAndFrame(List<Object> locals) {
        List<Object> widened = new ArrayList<>(locals);
        int slots =
                locals.stream().mapToInt(type -> TypeState.isWide(type) ? 2 : 1).sum();
        for (; slots < executionSlot; slots++) {
            widened.add(Opcodes.TOP);
        }
        widened.add(CoreNames.EXECUTION);
        widened.add(frameClass);
        return widened;
    }

    private FrameNode frame(List<Object> locals, List<Object> stack) {
        List<Object> local = withExecutionAndFrame(locals);
        return new FrameNode(Opcodes.F_NEW, local.size(), local.toArray(), stack.size(), stack.toArray());
    }

    /** The frame where all that is known are the parameters. */
    private FrameNode entryFrame() {
        List<Object> locals = new ArrayList<>();
        int slots = 0;
        for (Type parameter : async.bodyParameters()) {
            if (slots + parameter.getSize() > executionSlot) {
                break; // execution or frame itself, which came in where it stays, or was copied over
            }
            locals.add(Descriptors.verificationType(parameter));
            slots += parameter.getSize();
        }
        return frame(locals, List.of());
    }

    // ------------------------------------------------------------------------------------------------ prologue

    private InsnList prologue() {
        InsnList code = new InsnList();
        int parameterSlots = async.passesArgumentsInFrame() ? 0 : async.parameterSlots();
        int stateSlot = frameSlot + 1; // until it was looked at
        code.add(new VarInsnNode(Opcodes.ALOAD, parameterSlots));
        code.add(new VarInsnNode(Opcodes.ALOAD, parameterSlots + 1));
        code.add(new VarInsnNode(Opcodes.ILOAD, parameterSlots + 2));
        code.add(new VarInsnNode(Opcodes.ISTORE, stateSlot));
        code.add(new VarInsnNode(Opcodes.ASTORE, frameSlot));
        code.add(new VarInsnNode(Opcodes.ASTORE, executionSlot));
        LabelNode start = new LabelNode();
        if (!points.isEmpty()) {
            code.add(new VarInsnNode(Opcodes.ILOAD, stateSlot));
            code.add(new JumpInsnNode(Opcodes.IFEQ, start));
            code.add(new VarInsnNode(Opcodes.ILOAD, stateSlot));
            LabelNode[] resumes = points.stream().map(SuspensionPoint::resumed).toArray(LabelNode[]::new);
            code.add(new TableSwitchInsnNode(1, resumes.length, start, resumes));
            points.forEach(point -> code.add(resumeBlock(point)));
        }
        code.add(start);
        code.add(entryFrame());
        if (async.passesArgumentsInFrame()) {
            layout.arguments().forEach((slot, field) -> restore(slot, field, code));
            forget(0, code);
        }
        code.add(new InsnNode(Opcodes.NOP)); // a loop may begin here, with a frame of its own
        return code;
    }

    // ------------------------------------------------------------------------------------------------ await

    private void rewriteAwait(SuspensionPoint point) {
        InsnList code = method.instructions;
        MethodInsnNode await = point.await();
        boolean frameFollows = Instructions.isFollowedByFrame(await);
        LabelNode goOn = new LabelNode();
        LabelNode back = new LabelNode();
        List<Object> locals = point.before().localValues();
        List<Object> operands = new ArrayList<>(
                point.stack().stream().map(SpilledValue::verificationType).toList());

        InsnList site = new InsnList();
        start(await, point.before().top(), site);
        site.add(new InsnNode(Opcodes.DUP));
        site.add(new FieldInsnNode(Opcodes.GETSTATIC, CoreNames.EXECUTION, CoreNames.SUSPENDED, "Ljava/lang/Object;"));
        site.add(new JumpInsnNode(Opcodes.IF_ACMPNE, goOn));
        site.add(new InsnNode(Opcodes.POP));
        suspend(point, site);
        site.add(back);
        site.add(frame(locals, operands));
        site.add(new VarInsnNode(Opcodes.ALOAD, executionSlot));
        site.add(new MethodInsnNode(
                Opcodes.INVOKEVIRTUAL, CoreNames.EXECUTION, CoreNames.RESULT, CoreNames.RESULT_DESCRIPTOR));
        site.add(goOn);
        operands.add("java/lang/Object");
        site.add(frame(locals, operands));
        if (Instructions.isUsedAsObject(await)) {
            // Two ways meet here, and what a NullPointerException is about the JVM knows only of what has come on one.
            site.add(new MethodInsnNode(
                    Opcodes.INVOKESTATIC, CoreNames.EXECUTION, CoreNames.AWAIT, CoreNames.AWAITED_DESCRIPTOR));
        } else if (frameFollows) {
            site.add(new InsnNode(Opcodes.NOP)); // two frames cannot stand at the same place (JVMS 4.7.4)
        }
        code.insertBefore(await, site);
        code.remove(await);
        backs.put(point.number(), back);
    }

    private final Map<Integer, LabelNode> backs = new TreeMap<>();

    /**
     * An emit always suspends, and in a frame: a generator's body is started in its handle. The value is the answer; nothing is linked, because nobody is
     * awaited.
     */
    private void rewriteEmit(SuspensionPoint point) {
        int valueSlot = frameSlot + 1; // where the state was, until it was looked at
        LabelNode back = new LabelNode();
        List<Object> operands = new ArrayList<>(
                point.stack().stream().map(SpilledValue::verificationType).toList());
        InsnList site = new InsnList();
        site.add(new VarInsnNode(Opcodes.ASTORE, valueSlot));
        save(point, site);
        site.add(new InsnNode(Opcodes.POP)); // SUSPENDED
        site.add(new VarInsnNode(Opcodes.ALOAD, valueSlot));
        site.add(new InsnNode(Opcodes.ARETURN));
        site.add(back);
        site.add(frame(point.before().localValues(), operands));
        site.add(new VarInsnNode(Opcodes.ALOAD, executionSlot));
        site.add(new MethodInsnNode(
                Opcodes.INVOKEVIRTUAL, CoreNames.EXECUTION, CoreNames.RESULT, CoreNames.RESULT_DESCRIPTOR));
        method.instructions.insertBefore(point.await(), site);
        method.instructions.remove(point.await());
        backs.put(point.number(), back);
    }

    /**
     * Starts the awaitable on the stack, by the most exact call that its type allows, so that the JIT sees through it. The async method itself has made it,
     * also where its body is known: whatever others hang on a method, mocks and aspects, is to see each call. The JIT leaves the handle out all the same.
     */
    private void start(MethodInsnNode await, Object type, InsnList code) {
        if (await.desc.equals(CoreNames.AWAIT_STAGE_DESCRIPTOR)) {
            startStage(code);
            return;
        }
        if (type.equals(CoreNames.COROUTINE)) {
            startCoroutine(code);
            return;
        }
        boolean isFuture = type.equals(CoreNames.FUTURE) || type.equals(CoreNames.TASK);
        String known = isFuture ? CoreNames.FUTURE : CoreNames.AWAITABLE;
        present(known, code);
        code.add(new VarInsnNode(Opcodes.ALOAD, executionSlot));
        code.add(new MethodInsnNode(
                isFuture ? Opcodes.INVOKEVIRTUAL : Opcodes.INVOKEINTERFACE,
                known,
                CoreNames.START,
                CoreNames.RUN_DESCRIPTOR,
                !isFuture));
    }

    private void startCoroutine(InsnList code) {
        present(CoreNames.COROUTINE, code);
        code.add(new VarInsnNode(Opcodes.ALOAD, executionSlot));
        code.add(new MethodInsnNode(
                Opcodes.INVOKEVIRTUAL, CoreNames.COROUTINE, CoreNames.START, CoreNames.RUN_DESCRIPTOR));
    }

    private void startStage(InsnList code) {
        present(CoreNames.STAGE, code);
        code.add(new VarInsnNode(Opcodes.ALOAD, executionSlot));
        code.add(new MethodInsnNode(
                Opcodes.INVOKESTATIC, CoreNames.STAGES, CoreNames.START, CoreNames.STAGES_START_DESCRIPTOR));
    }

    private static void present(String type, InsnList code) {
        String descriptor = "(L" + type + ";)L" + type + ";";
        code.add(new MethodInsnNode(Opcodes.INVOKESTATIC, CoreNames.EXECUTION, CoreNames.PRESENT, descriptor));
    }

    private void suspend(SuspensionPoint point, InsnList code) {
        save(point, code);
        code.add(new InsnNode(Opcodes.ARETURN));
    }

    /** Leaves SUSPENDED on the stack. */
    private void save(SuspensionPoint point, InsnList code) {
        List<SuspendCall> calls = SuspendCall.of(point, frameClass);
        if (calls.size() > 1) {
            code.add(new VarInsnNode(Opcodes.ALOAD, executionSlot));
            code.add(new VarInsnNode(Opcodes.ALOAD, frameSlot));
            code.add(call(FrameClassWriter.FRAME, FrameClassWriter.frameDescriptor(frameClass)));
            code.add(new VarInsnNode(Opcodes.ASTORE, frameSlot));
        }
        for (SuspendCall call : calls) {
            for (int slot : call.slots()) {
                Type type = point.local(slot).type();
                code.add(new VarInsnNode(type.getOpcode(Opcodes.ILOAD), slot));
            }
            if (call.isLast()) {
                code.add(new VarInsnNode(Opcodes.ALOAD, executionSlot));
            }
            code.add(new VarInsnNode(Opcodes.ALOAD, frameSlot));
            code.add(call(call.name(), call.descriptor()));
        }
    }

    private MethodInsnNode call(String name, String descriptor) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, frameClass, name, descriptor);
    }

    // ------------------------------------------------------------------------------------------------ resume

    private InsnList resumeBlock(SuspensionPoint point) {
        InsnList code = new InsnList();
        code.add(point.resumed());
        code.add(entryFrame());
        point.locals().forEach((slot, value) -> {
            FrameField field = value.field();
            if (field != null) {
                restore(slot, field, code);
            } else {
                code.add(new InsnNode(Descriptors.defaultConstant(value.type())));
                code.add(new VarInsnNode(value.type().getOpcode(Opcodes.ISTORE), slot));
            }
        });
        for (SpilledValue operand : point.stack()) {
            FrameField field = operand.field();
            if (field != null) {
                load(field, code);
            } else {
                code.add(new InsnNode(Opcodes.ACONST_NULL));
            }
        }
        if (FrameClassWriter.savesReferences(point)) {
            forget(point.number(), code);
        }
        code.add(new JumpInsnNode(Opcodes.GOTO, backs.get(point.number())));
        return code;
    }

    private void restore(int slot, FrameField field, InsnList code) {
        load(field, code);
        code.add(new VarInsnNode(Type.getType(field.descriptor()).getOpcode(Opcodes.ISTORE), slot));
    }

    private void load(FrameField field, InsnList code) {
        code.add(new VarInsnNode(Opcodes.ALOAD, frameSlot));
        code.add(new FieldInsnNode(Opcodes.GETFIELD, frameClass, field.name(), field.descriptor()));
    }

    private void forget(int number, InsnList code) {
        code.add(new VarInsnNode(Opcodes.ALOAD, frameSlot));
        code.add(new MethodInsnNode(Opcodes.INVOKEVIRTUAL, frameClass, FrameClassWriter.FORGET + number, "()V"));
    }

    // ------------------------------------------------------------------------------------------------ return

    /** {@code return coroutine}: the value itself where it is a finished one, otherwise a tail call. Likewise for a future. */
    private void rewriteReturn(AbstractInsnNode areturn) {
        InsnList code = method.instructions;
        AbstractInsnNode made = Instructions.straightBefore(areturn);
        if (async.kind() == AsyncKind.GENERATOR) {
            rewriteEnd(areturn, made);
        } else if (made != null && (Instructions.isCoroutineOf(made) || Instructions.isCompletedFuture(made))) {
            code.remove(made);
        } else if (made != null && Instructions.isCoroutineDone(made)) {
            code.set(made, new InsnNode(Opcodes.ACONST_NULL));
        } else {
            InsnList tailCall = new InsnList();
            if (async.kind() == AsyncKind.EAGER) {
                startStage(tailCall);
            } else {
                startCoroutine(tailCall);
            }
            code.insertBefore(areturn, tailCall);
        }
    }

    /** {@code return AsyncGenerator.done()}; where it is not known to be that, the runtime looks. */
    private void rewriteEnd(AbstractInsnNode areturn, @Nullable AbstractInsnNode made) {
        if (made != null && Instructions.isGeneratorDone(made)) {
            method.instructions.set(
                    made,
                    new FieldInsnNode(Opcodes.GETSTATIC, CoreNames.EXECUTION, CoreNames.ENDED, "Ljava/lang/Object;"));
        } else {
            method.instructions.insertBefore(
                    areturn,
                    new MethodInsnNode(
                            Opcodes.INVOKESTATIC,
                            CoreNames.ASYNC_GENERATOR,
                            CoreNames.GENERATOR_END,
                            CoreNames.GENERATOR_END_DESCRIPTOR));
        }
    }

    // ------------------------------------------------------------------------------------------------ the method

    private MethodNode body() {
        int access = Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC | (async.isInInterface() ? Opcodes.ACC_PUBLIC : 0);
        MethodNode body = new MethodNode(access, async.bodyName(), async.bodyDescriptor(), null, null);
        body.instructions = method.instructions;
        body.tryCatchBlocks = method.tryCatchBlocks;
        body.localVariables = method.localVariables;
        body.visibleLocalVariableAnnotations = method.visibleLocalVariableAnnotations;
        body.invisibleLocalVariableAnnotations = method.invisibleLocalVariableAnnotations;
        StubWriter.write(async, layout);
        UnknownAttributes.dropThoseOfCode(method);
        return body;
    }
}
