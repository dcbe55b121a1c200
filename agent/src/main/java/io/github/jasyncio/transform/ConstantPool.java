package io.github.jasyncio.transform;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A look at a class file that costs microseconds: its version, its name, and whether its constant pool mentions us (JVMS 4.4). Everything that the
 * transformer acts on is named there, so a class that does not mention us needs no parsing.
 */
final class ConstantPool {

    private static final byte[] ASYNCIO = bytes(CoreNames.ASYNCIO);
    private static final byte[] ASYNC = bytes(CoreNames.ASYNC_ANNOTATION);
    private static final byte[] ASYNC_TEST = bytes(CoreNames.ASYNC_TEST_ANNOTATION);
    private static final byte[] COROUTINE = bytes(CoreNames.COROUTINE);
    private static final byte[] RETURNS_COROUTINE = bytes(")" + CoreNames.COROUTINE_DESCRIPTOR);
    private static final byte[] RETURNS_GENERATOR = bytes(")" + CoreNames.ASYNC_GENERATOR_DESCRIPTOR);
    private static final byte[] MARK = bytes(CoreNames.REWRITTEN_ANNOTATION);

    /** How the name of the facade ends, in whatever package it is. */
    private static final byte[] FACADE = bytes(CoreNames.ASYNCIO.substring(CoreNames.ASYNCIO.lastIndexOf('/')));

    private final byte[] classFile;
    private boolean mentionsUs;
    private boolean mentionsTheMark;
    private boolean maySuspend;
    private @Nullable String relocatedFacade;

    /**
     * Reads the constant pool.
     *
     * @throws TransformException if the bytes are no class file
     */
    ConstantPool(byte[] classFile) {
        this.classFile = classFile;
        try {
            if (u2(0) != 0xCAFE || u2(2) != 0xBABE) {
                throw new TransformException("not a class file: it does not begin with CAFEBABE");
            }
            scan();
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new TransformException(
                    "not a whole class file: its constant pool ends after " + classFile.length + " bytes", e);
        }
    }

    /** The major version: 52 for Java 8, 61 for Java 17. */
    int majorVersion() {
        return u2(6);
    }

    /** True if the class uses our annotation, calls {@code Asyncio}, or deals with coroutines. */
    boolean mentionsUs() {
        return mentionsUs;
    }

    /** True if the class may have something to rewrite: without the annotation and without calling {@code await} or {@code emit} it only passes coroutines on. */
    boolean maySuspend() {
        return maySuspend;
    }

    /** True if the class may bear the mark of what was rewritten. */
    boolean mentionsTheMark() {
        return mentionsTheMark;
    }

    /**
     * The package of a runtime that was relocated, if the class has async methods that were not rewritten before: they call {@code await} of its facade, and
     * do not bear its mark.
     */
    Optional<String> relocated() {
        if (relocatedFacade == null) {
            return Optional.empty();
        }
        String packagePath = relocatedFacade.substring(0, relocatedFacade.length() - FACADE.length);
        boolean awaits = has(CoreNames.AWAIT)
                && (has(moved(CoreNames.ASYNC_ANNOTATION, packagePath))
                        || has(moved(CoreNames.AWAIT_AWAITABLE_DESCRIPTOR, packagePath)));
        return awaits && !has(moved(CoreNames.REWRITTEN_ANNOTATION, packagePath))
                ? Optional.of(packagePath.replace('/', '.'))
                : Optional.empty();
    }

    private static String moved(String name, String packagePath) {
        return name.replace(CoreNames.ASYNCIO.substring(0, CoreNames.ASYNCIO.length() - FACADE.length), packagePath);
    }

    private boolean has(String text) {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        boolean[] found = new boolean[1];
        forEachText((at, length) -> found[0] |= is(wanted, at, length));
        return found[0];
    }

    private void scan() {
        forEachText((at, length) -> {
            maySuspend |= isOfAsyncCode(at, length);
            mentionsUs |= isOurs(at, length);
            mentionsTheMark |= is(MARK, at, length);
            if (length > FACADE.length && is(FACADE, at + length - FACADE.length, FACADE.length)) {
                relocatedFacade = new String(classFile, at, length, StandardCharsets.UTF_8);
            }
        });
    }

    private interface TextVisitor {

        void visit(int at, int length);
    }

    private void forEachText(TextVisitor visitor) {
        int count = u2(8);
        int at = 10;
        for (int i = 1; i < count; i++) {
            int tag = classFile[at];
            switch (tag) {
                case 1 -> { // Utf8
                    int length = u2(at + 1);
                    visitor.visit(at + 3, length);
                    at += 3 + length;
                }
                case 3, 4, 9, 10, 11, 12, 17, 18 -> at += 5;
                case 5, 6 -> { // long and double take two entries (JVMS 4.4.5)
                    at += 9;
                    i++;
                }
                case 7, 8, 16, 19, 20 -> at += 3;
                case 15 -> at += 4;
                default ->
                    throw new TransformException(
                            "not a class file: unknown constant pool tag " + tag + " at byte " + at);
            }
        }
    }

    private boolean isOfAsyncCode(int at, int length) {
        return is(ASYNCIO, at, length) || is(ASYNC, at, length) || is(ASYNC_TEST, at, length);
    }

    private boolean isOurs(int at, int length) {
        return isOfAsyncCode(at, length)
                || is(COROUTINE, at, length)
                || ends(RETURNS_COROUTINE, at, length)
                || ends(RETURNS_GENERATOR, at, length);
    }

    private boolean is(byte[] name, int at, int length) {
        return length == name.length && ends(name, at, length);
    }

    private boolean ends(byte[] end, int at, int length) {
        if (length < end.length) {
            return false;
        }
        int from = at + length - end.length;
        for (int i = end.length - 1; i >= 0; i--) { // from the end: packages share their beginnings
            if (classFile[from + i] != end[i]) {
                return false;
            }
        }
        return true;
    }

    private int u2(int at) {
        return ((classFile[at] & 0xFF) << 8) | (classFile[at + 1] & 0xFF);
    }

    private static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }
}
