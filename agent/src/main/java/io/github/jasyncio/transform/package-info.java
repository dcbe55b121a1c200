/**
 * The rewriting: a class file in, a {@link io.github.jasyncio.transform.Result} out. No I/O, no class loading, no logging; the same input gives
 * the same bytes; every class here is thread-safe or confined to one call.
 */
@NullMarked
package io.github.jasyncio.transform;

import org.jspecify.annotations.NullMarked;
