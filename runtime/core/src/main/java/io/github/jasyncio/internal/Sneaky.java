package io.github.jasyncio.internal;

/** Throws failures as they are, checked ones too: whoever awaits declares what the async method declares, and the compiler cannot know here. */
public final class Sneaky {

    private Sneaky() {}

    /**
     * The very same failure, which the compiler is to believe is an {@code E}: {@code throw Sneaky.<RuntimeException>failure(t)}.
     *
     * @param <E> anything unchecked
     */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // that is what this is for
    public static <E extends Throwable> E failure(Throwable failure) throws E {
        throw (E) failure;
    }
}
