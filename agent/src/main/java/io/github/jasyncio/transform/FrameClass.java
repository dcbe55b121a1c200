package io.github.jasyncio.transform;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A generated class: the handle and frame of one async method.
 *
 * @param internalName its name, as in {@code shop/Orders$fetch$async$0}
 * @param classFile its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // class files are arrays everywhere in Java; nobody compares frame classes
public record FrameClass(String internalName, byte[] classFile) {

    /** The name as {@link Class#getName} gives it. */
    public String className() {
        return internalName.replace('/', '.');
    }

    /**
     * The internal name of the class that a frame class was made for; empty if a class file is something else. That stands in a mark that frame classes
     * bear: their names say it only to people.
     */
    public static Optional<String> ownerOf(byte[] classFile) {
        Mark mark = new Mark();
        try {
            new ClassReader(classFile)
                    .accept(mark, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        } catch (RuntimeException e) {
            return Optional.empty(); // broken, or newer than ASM knows: not ours
        }
        return mark.isFrame ? Optional.ofNullable(mark.owner) : Optional.empty();
    }

    private static final class Mark extends ClassVisitor {

        private boolean isFrame;
        private @Nullable String owner;

        Mark() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                @Nullable String signature,
                @Nullable String superName,
                String @Nullable [] interfaces) {
            isFrame = CoreNames.FRAME.equals(superName) && (access & Opcodes.ACC_SYNTHETIC) != 0;
        }

        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            if (!descriptor.equals(CoreNames.REWRITTEN_ANNOTATION)) {
                return null;
            }
            return new AnnotationVisitor(Opcodes.ASM9) {
                @Override
                public void visit(String name, Object value) {
                    if (name.equals(CoreNames.REWRITTEN_OWNER)) {
                        owner = ((Type) value).getInternalName();
                    }
                }
            };
        }
    }
}
