package io.github.jasyncio;

/**
 * A value that will be there later.
 *
 * @param <T> the type of the value
 */
public abstract non-sealed class Future<T> implements Awaitable<T> {
    Future() {}
}
