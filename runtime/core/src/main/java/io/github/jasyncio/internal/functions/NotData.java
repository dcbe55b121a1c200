package io.github.jasyncio.internal.functions;

/**
 * Explains that a coroutine, a future, an async generator or a loop was taken for data. Serialisers (Jackson, JSON-B and their like) call whatever looks like a bean's getter, and where
 * there is none many write an empty object; so what is no data has one getter, which throws this.
 */
public final class NotData {

    private static final String MESSAGE = """
            %s was taken for data, by a serialiser it seems: its value is there only when it has been awaited.
                What a web controller returns must be known to its framework: declare the method as @Async CompletableFuture<T>,
                or return runCoroutineThreadsafe(coroutine, loop), which is a CompletableFuture, too.""";

    private static final String MANY = """
            %s was taken for data, by a serialiser it seems: its values are there only when somebody has gone through it.
                What a web controller returns must be known to its framework: return them all, as an @Async CompletableFuture<List<T>>
                by completedFuture(await(generator.toList())), or, to a framework that takes a Flow.Publisher, generator.toPublisher().""";

    private NotData() {}

    /** For the getters of what is no data. */
    public static IllegalStateException taken(Object thing) {
        return new IllegalStateException(MESSAGE.formatted(thing));
    }

    /** For the getters of async generators, and of what is made of one. */
    public static IllegalStateException manyTaken(Object thing) {
        return new IllegalStateException(MANY.formatted(thing));
    }
}
