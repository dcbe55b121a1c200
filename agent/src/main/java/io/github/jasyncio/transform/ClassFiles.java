package io.github.jasyncio.transform;

import org.jspecify.annotations.Nullable;

/** Finds class files by name: how {@link Verification} learns who extends whom without loading a class. */
@FunctionalInterface
public interface ClassFiles {

    /**
     * The class file of a class.
     *
     * @param internalName as in {@code shop/Orders}
     * @return null if it is not to be found
     */
    byte @Nullable [] find(String internalName);
}
