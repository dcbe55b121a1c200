package io.github.jasyncio.testing.junit;

/** Throws what was caught as it was, also if it is checked: tests fail with the very same object. */
final class Rethrow {

    private Rethrow() {}

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // the compiler is to believe it, and nothing is cast at run time
    static <E extends Throwable> E asIs(Throwable failure) throws E {
        throw (E) failure;
    }
}
