package io.github.jasyncio.transform;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * One async method on its way through the pipeline, and the names of what is made of it.
 *
 * @param owner the class it is in
 * @param method the method as javac wrote it; its code moves to the body
 * @param number of this async method in its class
 * @param kind how it is called
 * @param keepsVariables true if dead references that are in scope are saved too, for a debugger
 */
record AsyncMethod(ClassNode owner, MethodNode method, int number, AsyncKind kind, boolean keepsVariables) {

    /** JVMS 4.3.3: a method's parameters, receiver included, take at most 255 slots. */
    private static final int MAX_PARAMETER_SLOTS = 255;

    /** Internal name of the generated class of handles and frames. */
    String frameClass() {
        return MadeNames.frameClass(owner.name, method.name, number);
    }

    /** The name of the synthetic method that holds the code. */
    String bodyName() {
        return MadeNames.body(method.name, number);
    }

    /** A place in it. */
    SourceLocation at(int line) {
        return new SourceLocation(Descriptors.className(owner.name), method.name, method.desc, owner.sourceFile, line);
    }

    boolean isStatic() {
        return (method.access & Opcodes.ACC_STATIC) != 0;
    }

    boolean isInInterface() {
        return (owner.access & Opcodes.ACC_INTERFACE) != 0;
    }

    /** Receiver, if there is one, and arguments. */
    List<Type> parameters() {
        List<Type> parameters = new ArrayList<>();
        if (!isStatic()) {
            parameters.add(Type.getObjectType(owner.name));
        }
        parameters.addAll(List.of(Type.getArgumentTypes(method.desc)));
        return parameters;
    }

    int parameterSlots() {
        return parameters().stream().mapToInt(Type::getSize).sum();
    }

    /**
     * True if receiver and arguments are too many to be passed along with execution, frame and state (or to a constructor): then they travel in the frame,
     * which is the handle itself.
     */
    boolean passesArgumentsInFrame() {
        return parameterSlots() + 3 > MAX_PARAMETER_SLOTS;
    }

    /** The parameters of the body: receiver and arguments unless they travel in the frame, execution, frame, state. */
    List<Type> bodyParameters() {
        List<Type> parameters = new ArrayList<>(passesArgumentsInFrame() ? List.of() : parameters());
        parameters.add(Type.getObjectType(CoreNames.EXECUTION));
        parameters.add(Type.getObjectType(frameClass()));
        parameters.add(Type.INT_TYPE);
        return parameters;
    }

    String bodyDescriptor() {
        return Type.getMethodDescriptor(
                Type.getType(Object.class), bodyParameters().toArray(Type[]::new));
    }

    /** A call of the body. */
    MethodInsnNode bodyCall() {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, owner.name, bodyName(), bodyDescriptor(), isInInterface());
    }

    /** The descriptor of the constructor of a handle; of a frame, if arguments travel in it. */
    String handleDescriptor() {
        Type[] parameters =
                passesArgumentsInFrame() ? new Type[0] : parameters().toArray(Type[]::new);
        return Type.getMethodDescriptor(Type.VOID_TYPE, parameters);
    }
}
