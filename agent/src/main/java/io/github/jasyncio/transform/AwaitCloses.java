package io.github.jasyncio.transform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * Makes try-with-resources of an async method what {@code async with} is in Python: a resource that turns out to be an {@code AsyncCloseable} is closed by
 * awaiting its {@code closeAsync()}. In what order resources are closed, and which exceptions are suppressed, is the compiler's code around the call.
 *
 * <pre>
 *     r.close();    becomes    if (r instanceof AsyncCloseable) await(r.closeAsync()); else r.close();
 * </pre>
 *
 * The question is left out where the type of {@code r} answers it. In a {@code synchronized} block nothing can wait, and the call stays as it is; so does
 * every call that stands in the source ({@link ResourceCloses} tells them apart): who writes {@code server.close()} means just that.
 */
final class AwaitCloses {

    /** Closeable classes of the JDK that have no subclasses. */
    private static final Set<String> FINAL = Set.of("java/util/Scanner", "java/util/Formatter");

    private final ClassNode owner;
    private final MethodNode method;
    private final Map<Label, LabelNode> nodes = new HashMap<>();

    private AwaitCloses(ClassNode owner, MethodNode method) {
        this.owner = owner;
        this.method = method;
    }

    /** Rewrites the calls in an async method. */
    static void in(ClassNode owner, MethodNode method) {
        Set<MethodInsnNode> closes = ResourceCloses.in(method);
        List<MethodInsnNode> calls = new ArrayList<>();
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof MethodInsnNode call && closes.contains(call) && !FINAL.contains(call.owner)) {
                calls.add(call);
            }
        }
        if (!calls.isEmpty()) {
            new AwaitCloses(owner, method).rewrite(calls);
        }
    }

    private void rewrite(List<MethodInsnNode> calls) {
        MonitorDepth monitors = new MonitorDepth(method);
        calls.removeIf(monitors::isSynchronized); // asked before anything moves
        nameAllLabels();
        FrameTypes types = new FrameTypes(owner.name, method);
        for (MethodInsnNode call : calls) {
            TypeState before = types.before(call);
            if (before == null) {
                continue;
            }
            switch (answer(before.top())) {
                case YES -> awaitClosing(call);
                case NO -> {}
                case PERHAPS -> askThenAwait(call, before);
            }
        }
    }

    // ------------------------------------------------------------------------------------------------ whether it is

    private enum Answer {
        YES,
        NO,
        PERHAPS
    }

    /** What the type says of being an AsyncCloseable; of another class than the one that is rewritten only the name is known. */
    private Answer answer(Object type) {
        if (type instanceof String name && CoreNames.ASYNC_CLOSEABLES.contains(name)) {
            return Answer.YES;
        }
        if (!type.equals(owner.name)) {
            return Answer.PERHAPS;
        }
        if (owner.interfaces.contains(CoreNames.ASYNC_CLOSEABLE)) {
            return Answer.YES;
        }
        boolean isPlain = (owner.access & Opcodes.ACC_FINAL) != 0
                && ("java/lang/Object".equals(owner.superName) || "java/lang/Record".equals(owner.superName))
                && owner.interfaces.stream().allMatch(name -> name.startsWith("java/"));
        return isPlain ? Answer.NO : Answer.PERHAPS;
    }

    // ------------------------------------------------------------------------------------------------ code

    private void awaitClosing(MethodInsnNode call) {
        method.instructions.insert(call, closing());
        method.instructions.remove(call);
    }

    private void askThenAwait(MethodInsnNode call, TypeState before) {
        List<Object> locals = before.localValues();
        List<Object> operands = before.stackValues();
        LabelNode plain = new LabelNode();
        LabelNode closed = new LabelNode();
        InsnList code = new InsnList();
        code.add(new InsnNode(Opcodes.DUP));
        code.add(new TypeInsnNode(Opcodes.INSTANCEOF, CoreNames.ASYNC_CLOSEABLE));
        code.add(new JumpInsnNode(Opcodes.IFEQ, plain));
        code.add(new TypeInsnNode(Opcodes.CHECKCAST, CoreNames.ASYNC_CLOSEABLE));
        code.add(closing());
        code.add(new JumpInsnNode(Opcodes.GOTO, closed));
        code.add(plain);
        code.add(frame(locals, operands));
        method.instructions.insertBefore(call, code);

        InsnList behind = new InsnList();
        behind.add(closed);
        behind.add(frame(locals, operands.subList(0, operands.size() - 1)));
        if (Instructions.isFollowedByFrame(call)) {
            behind.add(new InsnNode(Opcodes.NOP)); // two frames cannot stand at the same place (JVMS 4.7.4)
        }
        method.instructions.insert(call, behind);
    }

    /** {@code await(r.closeAsync());} for the receiver on the stack. */
    private static InsnList closing() {
        InsnList code = new InsnList();
        code.add(new MethodInsnNode(
                Opcodes.INVOKEINTERFACE,
                CoreNames.ASYNC_CLOSEABLE,
                CoreNames.CLOSE_ASYNC,
                CoreNames.CLOSE_ASYNC_DESCRIPTOR));
        code.add(new MethodInsnNode(
                Opcodes.INVOKESTATIC, CoreNames.ASYNCIO, CoreNames.AWAIT, CoreNames.AWAIT_AWAITABLE_DESCRIPTOR));
        code.add(new InsnNode(Opcodes.POP));
        return code;
    }

    private FrameNode frame(List<Object> locals, List<Object> stack) {
        Object[] local = locals.stream().map(this::named).toArray();
        Object[] operands = stack.stream().map(this::named).toArray();
        return new FrameNode(Opcodes.F_NEW, local.length, local, operands.length, operands);
    }

    // ------------------------------------------------------------------------------------------------ labels

    /** Uninitialised objects may lie beneath the receiver, or in variables; their types are named by the label before their {@code NEW}. */
    private void nameAllLabels() {
        for (AbstractInsnNode instruction : method.instructions.toArray()) {
            if (instruction.getOpcode() == Opcodes.NEW) {
                method.instructions.insertBefore(instruction, new LabelNode());
            }
        }
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof LabelNode label) {
                nodes.put(label.getLabel(), label);
            }
        }
    }

    private Object named(Object type) {
        @Nullable LabelNode node = type instanceof Label label ? nodes.get(label) : null;
        return node == null ? type : node;
    }
}
