package io.github.jasyncio.transform.harness;

import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;

/** Loaded in its rewritten form, in a loader of its own. */
public final class RewrittenNestedCoroutines implements NestedCoroutines {

    @Override
    @Async
    public <T> Coroutine<T> relay(Coroutine<T> inner) {
        T value = await(inner);
        return Coroutine.of(value);
    }

    @Override
    @Async
    public <T> Coroutine<T> tail(Coroutine<T> first, Coroutine<T> inner) {
        await(first);
        return inner;
    }
}
