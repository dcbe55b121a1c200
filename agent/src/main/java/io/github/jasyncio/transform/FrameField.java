package io.github.jasyncio.transform;

/**
 * A field of a generated frame class.
 *
 * @param name unique in the class
 * @param descriptor typed as the saved values, never wider
 */
record FrameField(String name, String descriptor) {

    boolean isReference() {
        return descriptor.charAt(0) == 'L' || descriptor.charAt(0) == '[';
    }
}
