package io.github.jasyncio.transform.harness;

import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Makes the plain synchronous program of async code: every {@code await} evaluates on the spot, and so does the closing of a resource; not the {@code close()} that
 * follows a call of {@code Probes.byHand}.
 */
final class Twin {

    private static final String ASYNCIO = "io/github/jasyncio/Asyncio";
    private static final String SYNC_AWAIT = SyncAwait.class.getName().replace('.', '/');
    private static final String PROBES = Probes.class.getName().replace('.', '/');

    private Twin() {}

    static ClassFiles of(ClassFiles classes) {
        Map<String, byte[]> twins = new TreeMap<>();
        classes.asMap().forEach((name, bytes) -> twins.put(name, twin(bytes)));
        return new ClassFiles(twins);
    }

    private static byte[] twin(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        return new MethodVisitor(
                                Opcodes.ASM9, super.visitMethod(access, name, descriptor, signature, exceptions)) {
                            private boolean isByHand;

                            @Override
                            public void visitMethodInsn(
                                    int opcode, String owner, String name, String descriptor, boolean isInterface) {
                                isByHand |= owner.equals(PROBES) && name.equals("byHand");
                                if (isClose(opcode, name, descriptor) && isByHand) {
                                    isByHand = false;
                                } else if (isClose(opcode, name, descriptor)) {
                                    super.visitMethodInsn(
                                            Opcodes.INVOKESTATIC, SYNC_AWAIT, name, "(Ljava/lang/Object;)V", false);
                                    return;
                                }
                                boolean isAwait = owner.equals(ASYNCIO) && name.equals("await");
                                super.visitMethodInsn(
                                        opcode, isAwait ? SYNC_AWAIT : owner, name, descriptor, isInterface);
                            }
                        };
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static boolean isClose(int opcode, String name, String descriptor) {
        return name.equals("close") && descriptor.equals("()V") && opcode != Opcodes.INVOKESPECIAL;
    }
}
