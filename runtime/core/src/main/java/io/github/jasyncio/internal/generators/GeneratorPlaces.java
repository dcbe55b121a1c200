package io.github.jasyncio.internal.generators;

/** Where the coroutines stand that the methods of {@code AsyncGenerator} make: that knows all of them, so they cannot know it but by name. */
final class GeneratorPlaces {

    static final String CLASS = "io.github.jasyncio.AsyncGenerator";

    private GeneratorPlaces() {}

    static StackTraceElement in(String method) {
        return new StackTraceElement(CLASS, method, "AsyncGenerator.java", -1);
    }
}
