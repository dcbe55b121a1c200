package io.github.jasyncio;

/**
 * Something that gives a coroutine when it is called: what {@link Asyncio#async} takes. Python has no {@code async} lambdas that it could be.
 *
 * @param <T> the type of the coroutine's value
 */
@FunctionalInterface
public interface AsyncCallable<T> {

    /**
     * Makes the coroutine; a lambda that awaits is its body.
     *
     * @throws Exception what the body throws
     */
    Coroutine<T> call() throws Exception;
}
