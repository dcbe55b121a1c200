package io.github.jasyncio.sync;

import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCallable;
import io.github.jasyncio.Coroutine;

/** What is held between {@code acquire} and {@code release}. Semantics: {@code asyncio.locks._ContextManagerMixin}. */
abstract class Acquirable extends LoopBound {

    Acquirable() {}

    /**
     * Waits until this can be had, and takes it.
     *
     * @return a coroutine that gives true
     */
    public abstract Coroutine<Boolean> acquire();

    /** Gives back what {@link #acquire} took. */
    public abstract void release();

    /**
     * Runs {@code body} between {@link #acquire} and {@link #release}, and gives its value; its failure is thrown, the very same object.
     *
     * <p>Semantics: {@code async with lock: ...}. In a lambda a checked exception needs no {@code throws}, as with {@link
     * io.github.jasyncio.Asyncio#async}.
     */
    @Async
    public <T> Coroutine<T> with(AsyncCallable<T> body) {
        await(acquire());
        T value;
        try {
            value = await(async(body));
        } finally {
            release();
        }
        return Coroutine.of(value);
    }
}
