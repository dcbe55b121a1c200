package io.github.jasyncio.transform;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Opcodes;

/** The one entry point of the rewriting, for the agent, the Maven plugin and the command line alike. */
public final class Transformer {

    /** Java 25. */
    private static final int NEWEST_MAJOR_VERSION = 69;

    /** Java 8: the oldest whose verifier wants the frames that our types come from, without exception. */
    private static final int OLDEST_MAJOR_VERSION = 52;

    private Transformer() {}

    /**
     * Rewrites the async methods of one class.
     *
     * @param classFile a class file of Java 8 to 25
     * @return the class to load in its place, and what it needs
     * @throws TransformException if the class file is malformed or newer than this release knows, or if the rewriting itself fails; never
     *     anything else
     */
    public static Result transform(byte[] classFile) {
        return transform(classFile, false);
    }

    /**
     * The same, for debugging: with {@code keepsVariables}, a suspended coroutine also keeps the objects of variables that are in scope but not used any
     * more, so that a debugger shows them after the resumption.
     */
    public static Result transform(byte[] classFile, boolean keepsVariables) {
        return transform(classFile, keepsVariables, BlockingCalls.known());
    }

    /** The same, with the calls that async methods are warned of. */
    public static Result transform(byte[] classFile, boolean keepsVariables, BlockingCalls blockingCalls) {
        return transform(classFile, keepsVariables, blockingCalls, name -> null);
    }

    /**
     * The same, for a place where other classes may have the names that frame classes would get.
     *
     * @param beside the classes of the same place, by name; asked for names of frame classes only, and only those that are to be made
     */
    public static Result transform(
            byte[] classFile, boolean keepsVariables, BlockingCalls blockingCalls, ClassFiles beside) {
        ConstantPool pool = new ConstantPool(classFile);
        if (!pool.mentionsUs()) {
            pool.relocated().ifPresent(packageName -> refuseRelocated(classFile, packageName));
            return new Result(false, classFile, List.of(), List.of());
        }
        String name = nameOf(classFile);
        if (!pool.maySuspend() && !isKnown(pool.majorVersion())) {
            // what is generated at run time, to call methods that return coroutines, is often of an old version
            return new Result(false, classFile, List.of(), List.of());
        }
        checkVersion(name, pool.majorVersion());
        try {
            if (pool.mentionsTheMark() && isMarked(classFile)) {
                return new Result(false, classFile, List.of(), List.of());
            }
            return ClassRewriter.rewrite(classFile, keepsVariables, blockingCalls, beside);
        } catch (ClassTooLargeException e) {
            throw new TransformException(
                    "could not rewrite " + name + ": it would need " + e.getConstantPoolCount()
                            + " entries in its constant pool, more than the 65535 that a class file allows: move some of its"
                            + " @Async methods into another class",
                    e);
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            // ASM asserts some of what a malformed file breaks, and follows what refers to itself for ever
            throw new TransformException(
                    "could not rewrite " + name + " (a bug in jasyncio, or a malformed class file): " + e, e);
        }
    }

    /** True if the transformer has been here: the class bears its mark. */
    public static boolean isRewritten(byte[] classFile) {
        return new ConstantPool(classFile).mentionsTheMark() && isMarked(classFile);
    }

    private static void refuseRelocated(byte[] classFile, String packageName) {
        String name = nameOf(classFile);
        if (!name.startsWith(packageName + ".")) { // the runtime itself may be moved
            throw new TransformException(name + " awaits by means of " + packageName
                    + ".Asyncio: jasyncio was given another name (relocated) before the async methods were rewritten, which are not"
                    + " recognised any more. Rewrite first, then relocate: the other order works");
        }
    }

    /** By the mark, which is found without looking at any code: a second run over what was rewritten reads headers only. */
    private static boolean isMarked(byte[] classFile) {
        boolean[] found = new boolean[1];
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
                                found[0] |= descriptor.equals(CoreNames.REWRITTEN_ANNOTATION);
                                return null;
                            }
                        },
                        ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return found[0];
    }

    private static String nameOf(byte[] classFile) {
        try {
            // ASM refuses versions that it does not know before it gives the name; ours are checked with the name in
            // the message
            byte[] readable = classFile.clone();
            readable[6] = 0;
            readable[7] = OLDEST_MAJOR_VERSION;
            return Descriptors.className(new ClassReader(readable).getClassName());
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            throw new TransformException("not a whole class file: its header cannot be read (" + e + ")", e);
        }
    }

    private static boolean isKnown(int majorVersion) {
        return majorVersion >= OLDEST_MAJOR_VERSION && majorVersion <= NEWEST_MAJOR_VERSION;
    }

    private static void checkVersion(String name, int majorVersion) {
        if (majorVersion > NEWEST_MAJOR_VERSION) {
            throw new TransformException(name + " is of class file version " + majorVersion + " (Java "
                    + (majorVersion - 44)
                    + "); this release of jasyncio rewrites versions up to " + NEWEST_MAJOR_VERSION + " (Java "
                    + (NEWEST_MAJOR_VERSION - 44) + "): use a newer jasyncio, or compile with a lower --release");
        }
        if (majorVersion < OLDEST_MAJOR_VERSION) {
            throw new TransformException(name + " is of class file version " + majorVersion + " (Java "
                    + (majorVersion - 44) + "); jasyncio rewrites versions from " + OLDEST_MAJOR_VERSION
                    + " (Java 8): compile with --release 8 or higher");
        }
    }
}
