package io.github.jasyncio.transform;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ByteVector;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Attributes of other tools' making (JVMS 4.7.1), which pass through as they are. ASM takes one of the code for one of the method unless it is told which is
 * which.
 */
final class UnknownAttributes {

    private UnknownAttributes() {}

    /** Reads a class, its unknown attributes where they belong. */
    static ClassNode read(ClassReader reader) {
        ClassNode node = new ClassNode();
        reader.accept(node, ClassReader.EXPAND_FRAMES);
        Set<String> types = new LinkedHashSet<>();
        for (MethodNode method : node.methods) {
            if (method.attrs != null) {
                method.attrs.forEach(attribute -> types.add(attribute.type));
            }
        }
        if (types.isEmpty()) {
            return node;
        }
        ClassNode again = new ClassNode();
        reader.accept(again, types.stream().map(Unknown::new).toArray(Attribute[]::new), ClassReader.EXPAND_FRAMES);
        return again;
    }

    /** Drops those of the code of a method whose code is another now: they may tell of places in it. */
    static void dropThoseOfCode(MethodNode method) {
        List<Attribute> attributes = method.attrs;
        if (attributes != null) {
            attributes.removeIf(Attribute::isCodeAttribute);
        }
    }

    private static final class Unknown extends Attribute {

        private final byte[] content;
        private final boolean isOfCode;

        /** How one that is read is to be called. */
        Unknown(String type) {
            this(type, new byte[0], false);
        }

        private Unknown(String type, byte[] content, boolean isOfCode) {
            super(type);
            this.content = content;
            this.isOfCode = isOfCode;
        }

        @Override
        public boolean isCodeAttribute() {
            return isOfCode;
        }

        @Override
        protected Attribute read(
                ClassReader reader,
                int offset,
                int length,
                char @Nullable [] buffer,
                int codeAttributeOffset,
                Label @Nullable [] labels) {
            return new Unknown(type, reader.readBytes(offset, length), codeAttributeOffset >= 0);
        }

        @Override
        protected ByteVector write(
                ClassWriter writer, byte @Nullable [] code, int codeLength, int maxStack, int maxLocals) {
            return new ByteVector().putByteArray(content, 0, content.length);
        }
    }
}
