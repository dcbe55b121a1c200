package io.github.jasyncio.net;

/** A failure that is thrown again: the very same object, whatever its type, of which the compiler need not know. */
final class Rethrown {

    private Rethrown() {}

    /** Throws it; to be written {@code throw Rethrown.of(failure)}. */
    static RuntimeException of(Throwable failure) {
        throw Rethrown.<RuntimeException>unchecked(failure);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E unchecked(Throwable failure) throws E {
        throw (E) failure;
    }
}
