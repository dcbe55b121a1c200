package io.github.jasyncio.samples.benchmarks.costs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.LongSupplier;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;

/**
 * Loads jasyncio, and the {@link DebugWork} that uses it, once more, with a constant in place of the field that says whether debug mode is on: for the
 * JIT it is then as if nothing ever asked.
 */
public final class WithoutDebugSupport extends ClassLoader {

    private static final String OURS = "io.github.jasyncio.";
    private static final String SAMPLES = OURS + "samples.";
    private static final String DEBUG_MODE = OURS + "internal.DebugMode";

    private WithoutDebugSupport() {
        super(WithoutDebugSupport.class.getClassLoader());
    }

    /**
     * Loads all of it anew.
     *
     * @param kind the name of a {@link DebugModes.Work}
     */
    public static LongSupplier work(String kind) {
        try {
            return (LongSupplier) new WithoutDebugSupport()
                    .loadClass(DebugWork.class.getName())
                    .getConstructor(String.class)
                    .newInstance(kind);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the work could not be made", e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        boolean isOurs = name.startsWith(OURS) && !name.startsWith(SAMPLES);
        if (!isOurs && !name.startsWith(DebugWork.class.getName())) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = name.equals(DEBUG_MODE) ? withConstant(in.readAllBytes()) : in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the field final. What would still write to it fails, and is never called. */
    private static byte[] withConstant(byte[] classFile) {
        ClassNode node = new ClassNode();
        new ClassReader(classFile).accept(node, 0);
        FieldNode isOn = node.fields.stream()
                .filter(field -> field.name.equals("isOn"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no field isOn in " + DEBUG_MODE));
        isOn.access |= Opcodes.ACC_FINAL;
        ClassWriter writer = new ClassWriter(0);
        node.accept(writer);
        return writer.toByteArray();
    }
}
