package io.github.jasyncio.agent;

import io.github.jasyncio.transform.FrameClass;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings frame classes into the loader of the class that they belong to, before that class is there.
 *
 * <p>{@code ClassLoader.defineClass} is the only way that needs no class of the same package to look up from; the agent's right to open
 * {@code java.lang} to itself makes it callable. Thread-safe.
 */
final class FrameDefiner {

    private static final String FRAME = "io.github.jasyncio.internal.Frame";

    private final Instrumentation instrumentation;
    private volatile @Nullable Access access;

    FrameDefiner(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /**
     * Defines the frame classes of a class that is being loaded. Those that are there already stay: two threads may load the same class in a
     * loader that does not lock by name, and the same class file always has the same frames. Another's class of that name is not taken for one.
     *
     * @throws FrameDefinitionException if one is refused
     */
    void define(ClassLoader loader, List<FrameClass> frames, @Nullable ProtectionDomain domain)
            throws FrameDefinitionException {
        for (FrameClass frame : frames) {
            try {
                access().define(loader, frame, domain);
            } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
                Throwable cause = e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
                Class<?> there = cause instanceof LinkageError ? find(loader, frame) : null;
                if (there == null || !isFrame(there)) {
                    throw refused(loader, frame, cause);
                }
            }
        }
    }

    /**
     * Brings the frame classes up to date with a class that a debugger or another agent redefines: those that are there are redefined, too, all at once,
     * so that none is new while its class stays old.
     *
     * @throws FrameDefinitionException if one would get other fields or methods, which the JVM does not allow
     */
    void redefine(ClassLoader loader, List<FrameClass> frames, @Nullable ProtectionDomain domain)
            throws FrameDefinitionException {
        List<ClassDefinition> changed = new ArrayList<>();
        for (FrameClass frame : frames) {
            Class<?> existing = find(loader, frame);
            if (existing == null || !isFrame(existing)) {
                define(loader, List.of(frame), domain);
            } else {
                changed.add(new ClassDefinition(existing, frame.classFile()));
            }
        }
        try {
            instrumentation.redefineClasses(changed.toArray(ClassDefinition[]::new));
        } catch (ReflectiveOperationException
                | java.lang.instrument.UnmodifiableClassException
                | LinkageError
                | RuntimeException e) {
            throw new FrameDefinitionException(
                    "an async method now has other awaits, or keeps other values across them, and the JVM does not"
                            + " allow that in a class that is loaded (" + e.getMessage()
                            + "). The old code goes on; restart the program to run the new one",
                    e);
        }
    }

    /** What the transformer makes is synthetic; what a person or a compiler makes may have any name, and even any superclass. */
    private static boolean isFrame(Class<?> type) {
        return type.isSynthetic()
                && type.getSuperclass() != null
                && type.getSuperclass().getName().equals(FRAME);
    }

    private @Nullable Class<?> find(ClassLoader loader, FrameClass frame) throws FrameDefinitionException {
        try {
            return access().findLoaded(loader, frame);
        } catch (ReflectiveOperationException e) {
            throw refused(loader, frame, e);
        }
    }

    private static FrameDefinitionException refused(ClassLoader loader, FrameClass frame, Throwable cause) {
        String why = cause instanceof NoClassDefFoundError
                ? "; does the loader see jasyncio-core?"
                : "; is another class of that name there already?";
        return new FrameDefinitionException(loader + " did not take " + frame.className() + ": " + cause + why, cause);
    }

    /** Made at the first async method, so that programs without any do not pay for it at their start. */
    private Access access() throws ReflectiveOperationException {
        Access current = access;
        if (current == null) {
            current = Access.open(instrumentation);
            access = current;
        }
        return current;
    }

    private record Access(Method defineClass, Method findLoadedClass) {

        static Access open(Instrumentation instrumentation) throws ReflectiveOperationException {
            instrumentation.redefineModule(
                    Object.class.getModule(),
                    Set.of(),
                    Map.of(),
                    Map.of("java.lang", Set.of(FrameDefiner.class.getModule())),
                    Set.of(),
                    Map.of());
            Method defineClass = ClassLoader.class.getDeclaredMethod(
                    "defineClass", String.class, byte[].class, int.class, int.class, ProtectionDomain.class);
            Method findLoadedClass = ClassLoader.class.getDeclaredMethod("findLoadedClass", String.class);
            defineClass.setAccessible(true);
            findLoadedClass.setAccessible(true);
            return new Access(defineClass, findLoadedClass);
        }

        void define(ClassLoader loader, FrameClass frame, @Nullable ProtectionDomain domain)
                throws ReflectiveOperationException {
            byte[] bytes = frame.classFile();
            defineClass.invoke(loader, frame.className(), bytes, 0, bytes.length, domain);
        }

        @Nullable
        Class<?> findLoaded(ClassLoader loader, FrameClass frame) throws ReflectiveOperationException {
            return (Class<?>) findLoadedClass.invoke(loader, frame.className());
        }
    }
}
