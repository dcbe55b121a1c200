package io.github.jasyncio;

/**
 * A body that works on something it is lent: what {@code async with ... as a:} holds in Python.
 *
 * <p>A lambda that awaits and returns a {@link Coroutine} is an async method; it runs when the coroutine it returns is awaited.
 *
 * @param <A> what the body is lent
 * @param <T> the type of the body's value
 */
@FunctionalInterface
public interface AsyncFunction<A, T> {

    /**
     * Makes the body's coroutine.
     *
     * @throws Exception what the body fails with before it has made a coroutine; it counts as the body's failure
     */
    Coroutine<T> apply(A a) throws Exception;
}
