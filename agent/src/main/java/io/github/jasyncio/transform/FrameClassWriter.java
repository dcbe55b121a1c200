package io.github.jasyncio.transform;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Generates the class of an async method's handles and frames.
 *
 * <pre>
 * final class C$f$async$0 extends Frame {
 *     static                            { Execution.requireProtocol(1, "C"); }    // a clear message instead of a NoSuchMethodError
 *     C argument0; int argument1; String saved0;           // typed as what they hold
 *     Object start(Execution x)         { begin(); return C.body(argument0, argument1, x, null, 0); }
 *     Object startInPlace(Execution x)  { begin(); ... return x.startedIn(this, C.body(argument0, argument1, x, this, 0)); }
 *     Object resume(Execution x)        { return C.body(null, 0, x, this, enter()); }
 *     static Object suspend$1(String saved0, Execution x, C$f$async$0 frame)   // makes the frame if there is none
 *     void forget$1()                                      // a running coroutine's frame keeps nothing alive
 *     StackTraceElement location()
 *     static void layout$async$...()                       // refuses redefinitions to which a frame would mean something else
 * }
 * </pre>
 */
final class FrameClassWriter {

    static final String SUSPEND = "suspend$";
    static final String FORGET = "forget$";
    static final String FRAME = "frame";

    private static final int SYNTHETIC = Opcodes.ACC_SYNTHETIC;

    private final AsyncMethod async;
    private final BodyWriter.Body body;
    private final String name;
    private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);

    private FrameClassWriter(AsyncMethod async, BodyWriter.Body body) {
        this.async = async;
        this.body = body;
        this.name = async.frameClass();
    }

    static FrameClass write(AsyncMethod async, BodyWriter.Body body) {
        return new FrameClass(async.frameClass(), new FrameClassWriter(async, body).write());
    }

    static String frameDescriptor(String frameClass) {
        return "(" + CoreNames.EXECUTION_DESCRIPTOR + "L" + frameClass + ";)L" + frameClass + ";";
    }

    /** True if a frame that stands at {@code point} holds a reference. */
    static boolean savesReferences(SuspensionPoint point) {
        return !savedReferences(point).isEmpty();
    }

    private static Set<FrameField> savedReferences(SuspensionPoint point) {
        Set<FrameField> references = new LinkedHashSet<>();
        Stream.concat(point.locals().values().stream(), point.stack().stream()).forEach(value -> {
            FrameField field = value.field();
            if (field != null && field.isReference()) {
                references.add(field);
            }
        });
        return references;
    }

    private byte[] write() {
        int access = Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | SYNTHETIC;
        writer.visit(async.owner().version, access, name, null, CoreNames.FRAME, null);
        AnnotationVisitor mark = writer.visitAnnotation(CoreNames.REWRITTEN_ANNOTATION, false);
        mark.visit(CoreNames.REWRITTEN_PROTOCOL, CoreNames.PROTOCOL);
        mark.visit(CoreNames.REWRITTEN_OWNER, Type.getObjectType(async.owner().name));
        mark.visitEnd();
        for (FrameField field : body.layout().fields()) {
            writer.visitField(Opcodes.ACC_TRANSIENT, field.name(), field.descriptor(), null, null)
                    .visitEnd();
        }
        writeProtocol();
        writeConstructors();
        writeStart();
        writeStartInPlace(CoreNames.START_IN_PLACE);
        writeResume();
        writeLocation();
        writeFrame();
        for (SuspensionPoint point : body.points()) {
            SuspendCall.of(point, name).forEach(call -> writeSuspend(call, point.number()));
            if (savesReferences(point)) {
                writeForget(point.number(), savedReferences(point));
            }
        }
        if (async.passesArgumentsInFrame()) {
            writeForget(0, argumentReferences());
        }
        writeStateLayout();
        writer.visitEnd();
        return writer.toByteArray();
    }

    private void writeStateLayout() {
        if (!body.points().isEmpty()) {
            MethodVisitor code = begin(StateLayout.access(), StateLayout.name(body.stateLayout()), "()V");
            code.visitInsn(Opcodes.RETURN);
            end(code);
        }
    }

    private Set<FrameField> argumentReferences() {
        Set<FrameField> references =
                new LinkedHashSet<>(body.layout().arguments().values());
        references.removeIf(field -> !field.isReference());
        return references;
    }

    /** Once for each class, so that a handle costs nothing more. */
    private void writeProtocol() {
        MethodVisitor code = begin(Opcodes.ACC_STATIC, "<clinit>", "()V");
        push(CoreNames.PROTOCOL, code);
        code.visitLdcInsn(Descriptors.className(async.owner().name));
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                CoreNames.EXECUTION,
                CoreNames.REQUIRE_PROTOCOL,
                CoreNames.REQUIRE_PROTOCOL_DESCRIPTOR,
                false);
        code.visitInsn(Opcodes.RETURN);
        end(code);
    }

    // ------------------------------------------------------------------------------------------------ constructors

    private void writeConstructors() {
        writeConstructor("()V", List.of());
        if (!async.handleDescriptor().equals("()V")) {
            writeConstructor(async.handleDescriptor(), async.parameters());
        }
    }

    private void writeConstructor(String descriptor, List<Type> parameters) {
        MethodVisitor code = begin(0, "<init>", descriptor);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, CoreNames.FRAME, "<init>", "()V", false);
        int slot = 0;
        for (Type parameter : parameters) {
            FrameField field = body.layout().argument(slot);
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitVarInsn(parameter.getOpcode(Opcodes.ILOAD), slot + 1);
            code.visitFieldInsn(Opcodes.PUTFIELD, name, field.name(), field.descriptor());
            slot += parameter.getSize();
        }
        code.visitInsn(Opcodes.RETURN);
        end(code);
    }

    // ------------------------------------------------------------------------------------------------ start, resume

    private void writeStart() {
        if (async.passesArgumentsInFrame() || async.kind() == AsyncKind.GENERATOR) {
            writeStartInPlace(CoreNames.START);
            return;
        }
        MethodVisitor code = begin(Opcodes.ACC_PUBLIC, CoreNames.START, CoreNames.RUN_DESCRIPTOR);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, name, CoreNames.BEGIN, "()V", false);
        loadArguments(code);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitInsn(Opcodes.ACONST_NULL);
        code.visitInsn(Opcodes.ICONST_0);
        callBody(code);
        code.visitInsn(Opcodes.ARETURN);
        end(code);
    }

    private void writeStartInPlace(String method) {
        MethodVisitor code = begin(Opcodes.ACC_PUBLIC, method, CoreNames.RUN_DESCRIPTOR);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, name, CoreNames.BEGIN, "()V", false);
        if (!async.passesArgumentsInFrame()) {
            loadArguments(code);
            forget(argumentReferences(), code);
        }
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitInsn(Opcodes.ICONST_0);
        callBody(code);
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL,
                CoreNames.EXECUTION,
                CoreNames.STARTED_IN,
                CoreNames.STARTED_IN_DESCRIPTOR,
                false);
        code.visitInsn(Opcodes.ARETURN);
        end(code);
    }

    private void writeResume() {
        MethodVisitor code = begin(Opcodes.ACC_PROTECTED, CoreNames.RESUME, CoreNames.RUN_DESCRIPTOR);
        if (!async.passesArgumentsInFrame()) {
            for (Type parameter : async.parameters()) {
                code.visitInsn(Descriptors.defaultConstant(parameter));
            }
        }
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, name, CoreNames.ENTER, "()I", false);
        callBody(code);
        code.visitInsn(Opcodes.ARETURN);
        end(code);
    }

    private void loadArguments(MethodVisitor code) {
        for (FrameField field : body.layout().arguments().values()) {
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitFieldInsn(Opcodes.GETFIELD, name, field.name(), field.descriptor());
        }
    }

    private void callBody(MethodVisitor code) {
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                async.owner().name,
                async.bodyName(),
                async.bodyDescriptor(),
                async.isInInterface());
    }

    // ------------------------------------------------------------------------------------------------ save, forget

    /** The frame that there is; or a new one, which is linked: the other is by whoever resumed it. */
    private void writeFrame() {
        MethodVisitor code = begin(Opcodes.ACC_STATIC, FRAME, frameDescriptor(name));
        Label present = new Label();
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitJumpInsn(Opcodes.IFNONNULL, present);
        code.visitTypeInsn(Opcodes.NEW, name);
        code.visitInsn(Opcodes.DUP);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, name, "<init>", "()V", false);
        code.visitVarInsn(Opcodes.ASTORE, 1);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, CoreNames.EXECUTION, CoreNames.SUSPEND, CoreNames.SUSPEND_DESCRIPTOR, false);
        code.visitInsn(Opcodes.POP);
        code.visitLabel(present);
        code.visitFrame(Opcodes.F_NEW, 2, new Object[] {CoreNames.EXECUTION, name}, 0, new Object[0]);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitInsn(Opcodes.ARETURN);
        end(code);
    }

    private void writeSuspend(SuspendCall call, int number) {
        MethodVisitor code = begin(Opcodes.ACC_STATIC, call.name(), call.descriptor());
        int frame = (Type.getArgumentsAndReturnSizes(call.descriptor()) >> 2) - 2; // the last; "this" is counted too
        if (call.isLast()) {
            code.visitVarInsn(Opcodes.ALOAD, frame - 1);
            code.visitVarInsn(Opcodes.ALOAD, frame);
            code.visitMethodInsn(Opcodes.INVOKESTATIC, name, FRAME, frameDescriptor(name), false);
            code.visitVarInsn(Opcodes.ASTORE, frame);
        }
        int slot = 0;
        for (SpilledValue value : call.values()) {
            FrameField field = value.field();
            if (field != null) {
                code.visitVarInsn(Opcodes.ALOAD, frame);
                code.visitVarInsn(value.type().getOpcode(Opcodes.ILOAD), slot);
                code.visitFieldInsn(Opcodes.PUTFIELD, name, field.name(), field.descriptor());
            }
            slot += value.type().getSize();
        }
        if (call.isLast()) {
            code.visitVarInsn(Opcodes.ALOAD, frame);
            push(number, code);
            code.visitFieldInsn(Opcodes.PUTFIELD, name, CoreNames.STATE, "I");
            code.visitFieldInsn(Opcodes.GETSTATIC, CoreNames.EXECUTION, CoreNames.SUSPENDED, "Ljava/lang/Object;");
            code.visitInsn(Opcodes.ARETURN);
        } else {
            code.visitInsn(Opcodes.RETURN);
        }
        end(code);
    }

    private void writeForget(int number, Set<FrameField> references) {
        MethodVisitor code = begin(0, FORGET + number, "()V");
        forget(references, code);
        code.visitInsn(Opcodes.RETURN);
        end(code);
    }

    private void forget(Set<FrameField> references, MethodVisitor code) {
        for (FrameField field : references) {
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitInsn(Opcodes.ACONST_NULL);
            code.visitFieldInsn(Opcodes.PUTFIELD, name, field.name(), field.descriptor());
        }
    }

    // ------------------------------------------------------------------------------------------------ location

    private void writeLocation() {
        MethodVisitor code = begin(Opcodes.ACC_PUBLIC, CoreNames.LOCATION, "()Ljava/lang/StackTraceElement;");
        code.visitTypeInsn(Opcodes.NEW, "java/lang/StackTraceElement");
        code.visitInsn(Opcodes.DUP);
        code.visitLdcInsn(Descriptors.className(async.owner().name));
        code.visitLdcInsn(async.method().name);
        @Nullable String file = async.owner().sourceFile;
        if (file == null) {
            code.visitInsn(Opcodes.ACONST_NULL);
        } else {
            code.visitLdcInsn(file);
        }
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, name, "line", "()I", false);
        code.visitMethodInsn(
                Opcodes.INVOKESPECIAL,
                "java/lang/StackTraceElement",
                "<init>",
                "(Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;I)V",
                false);
        code.visitInsn(Opcodes.ARETURN);
        end(code);
        writeLine();
    }

    private void writeLine() {
        MethodVisitor code = begin(0, "line", "()I");
        List<SuspensionPoint> points = body.points();
        Label elsewhere = new Label();
        if (!points.isEmpty()) {
            Label[] labels = points.stream().map(point -> new Label()).toArray(Label[]::new);
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitFieldInsn(Opcodes.GETFIELD, name, CoreNames.STATE, "I");
            code.visitTableSwitchInsn(1, labels.length, elsewhere, labels);
            for (int i = 0; i < labels.length; i++) {
                code.visitLabel(labels[i]);
                code.visitFrame(Opcodes.F_NEW, 1, new Object[] {name}, 0, new Object[0]);
                returnLine(points.get(i).line(), code);
            }
            code.visitLabel(elsewhere);
            code.visitFrame(Opcodes.F_NEW, 1, new Object[] {name}, 0, new Object[0]);
        }
        returnLine(body.firstLine(), code);
        end(code);
    }

    private static void returnLine(int line, MethodVisitor code) {
        push(line == 0 ? -1 : line, code); // StackTraceElement: negative means unknown
        code.visitInsn(Opcodes.IRETURN);
    }

    private static void push(int number, MethodVisitor code) {
        if (number >= -1 && number <= 5) {
            code.visitInsn(Opcodes.ICONST_0 + number);
        } else if (number <= Byte.MAX_VALUE) {
            code.visitIntInsn(Opcodes.BIPUSH, number);
        } else if (number <= Short.MAX_VALUE) {
            code.visitIntInsn(Opcodes.SIPUSH, number);
        } else {
            code.visitLdcInsn(number);
        }
    }

    // ------------------------------------------------------------------------------------------------ methods

    private MethodVisitor begin(int access, String method, String descriptor) {
        MethodVisitor code = writer.visitMethod(access | SYNTHETIC, method, descriptor, null, null);
        code.visitCode();
        return code;
    }

    private static void end(MethodVisitor code) {
        code.visitMaxs(0, 0); // computed
        code.visitEnd();
    }
}
