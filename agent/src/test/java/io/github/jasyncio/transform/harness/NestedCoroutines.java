package io.github.jasyncio.transform.harness;

import io.github.jasyncio.Coroutine;

/** Coroutines for probes to hide behind; implemented by a class that is rewritten. */
public interface NestedCoroutines {

    /** Awaits {@code inner} and gives its value. */
    <T> Coroutine<T> relay(Coroutine<T> inner);

    /** Awaits {@code first}, then returns {@code inner} in tail position. */
    <T> Coroutine<T> tail(Coroutine<T> first, Coroutine<T> inner);
}
