/**
 * Async generators, with our own plugin's rewriting: what CPython's {@code test_asyncgen} holds its own to, where it has a meaning here, what stands around
 * them in Java, and the compatibility kit of Reactive Streams in both directions.
 */
@NullMarked
package io.github.jasyncio.generators;

import org.jspecify.annotations.NullMarked;
