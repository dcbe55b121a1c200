package io.github.jasyncio.transform;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * What the state of a suspended coroutine means: at which await it stands, and what is in each field. A class that is redefined while coroutines of it are
 * suspended must mean the same by it; otherwise they would go on with exchanged variables, or behind another await.
 *
 * <p>The JVM compares the methods of the old class and of the new, by name, and refuses to take one for the other if these differ (JVM TI,
 * {@code RedefineClasses}). So a method that does nothing has the fingerprint of the layout for its name.
 */
final class StateLayout {

    private static final String NAME = "layout$async$";

    private final MethodNode method;
    private final List<LocalVariableNode> variables;

    private StateLayout(MethodNode method) {
        this.method = method;
        this.variables = method.localVariables == null ? List.of() : method.localVariables;
    }

    /** The fingerprint of the layout of one async method, whose code is still as it was. */
    static String of(MethodNode method, List<SuspensionPoint> points) {
        StateLayout layout = new StateLayout(method);
        Fingerprint print = new Fingerprint();
        points.forEach(point -> layout.add(point, print));
        if (layout.variables.isEmpty() && points.stream().anyMatch(StateLayout::savesVariables)) {
            // Which variable is which is known by nothing but what is done with it.
            for (AbstractInsnNode instruction : method.instructions) {
                layout.add(instruction, print);
            }
        }
        return print.toString();
    }

    /** The method that bears a fingerprint. */
    static MethodNode bearer(String fingerprint) {
        MethodNode bearer = new MethodNode(access(), name(fingerprint), "()V", null, null);
        bearer.visitInsn(Opcodes.RETURN);
        return bearer;
    }

    static int access() {
        return Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
    }

    static String name(String fingerprint) {
        return NAME + fingerprint;
    }

    private void add(SuspensionPoint point, Fingerprint print) {
        print.add(point.number());
        for (AbstractInsnNode at = point.await(); at != null && !beginsStatement(at, point); at = at.getPrevious()) {
            add(at, print);
        }
        point.locals().forEach((slot, value) -> {
            if (value.field() != null) {
                print.add(slot)
                        .add(nameOf(slot, point.await()))
                        .add(value.type())
                        .add(value.field().name());
            }
        });
        point.stack().forEach(operand -> print.add(operand.type()));
    }

    private static boolean savesVariables(SuspensionPoint point) {
        return point.locals().values().stream().anyMatch(value -> value.field() != null);
    }

    private static boolean beginsStatement(AbstractInsnNode instruction, SuspensionPoint point) {
        return instruction != point.await()
                && (instruction instanceof FrameNode
                        || Instructions.endsStatement(instruction)
                        || (instruction instanceof MethodInsnNode call
                                && call.desc.endsWith(")V")
                                && !call.name.equals("<init>")));
    }

    private void add(AbstractInsnNode instruction, Fingerprint print) {
        if (instruction.getOpcode() < 0) {
            return;
        }
        print.add(instruction.getOpcode());
        if (instruction instanceof VarInsnNode variable) {
            print.add(nameOf(variable.var, instruction));
        } else if (instruction instanceof IincInsnNode increment) {
            print.add(nameOf(increment.var, instruction));
        } else if (instruction instanceof MethodInsnNode call) {
            print.add(call.owner).add(call.name).add(call.desc);
        } else if (instruction instanceof FieldInsnNode field) {
            print.add(field.owner).add(field.name);
        } else if (instruction instanceof TypeInsnNode type) {
            print.add(type.desc);
        } else if (instruction instanceof LdcInsnNode constant) {
            print.add(constant.cst);
        } else if (instruction instanceof IntInsnNode constant) {
            print.add(constant.operand);
        } else if (instruction instanceof InvokeDynamicInsnNode dynamic) {
            print.add(dynamic.name).add(dynamic.desc);
        }
    }

    /** The name, or the slot where it has none. */
    private Object nameOf(int slot, AbstractInsnNode at) {
        int index = method.instructions.indexOf(at);
        @Nullable String found = null;
        for (LocalVariableNode variable : variables) {
            if (variable.index == slot
                    && method.instructions.indexOf(variable.start) <= index
                    && index < method.instructions.indexOf(variable.end)) {
                found = variable.name;
            }
        }
        return found == null ? slot : found;
    }
}
