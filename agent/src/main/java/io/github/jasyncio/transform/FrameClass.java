package io.github.jasyncio.transform;

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
}
