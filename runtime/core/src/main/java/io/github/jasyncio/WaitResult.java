package io.github.jasyncio;

import java.util.Set;

/**
 * What {@link Asyncio#waitOn waitOn} found.
 *
 * <p>Both sets keep the order in which the futures were given. They belong to the caller, who may change them: a loop that waits for the
 * first of several can add new tasks to {@code pending}, as is customary in asyncio.
 *
 * @param <T> the type of the futures' values
 * @param done the futures that are done, failed and cancelled ones among them
 * @param pending those that are not
 */
public record WaitResult<T>(Set<Future<T>> done, Set<Future<T>> pending) {}
