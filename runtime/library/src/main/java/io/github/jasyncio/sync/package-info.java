/**
 * What tasks of one loop coordinate with: {@link io.github.jasyncio.sync.Lock}, {@link io.github.jasyncio.sync.Event}, {@link
 * io.github.jasyncio.sync.Condition}, {@link io.github.jasyncio.sync.Semaphore}, {@link io.github.jasyncio.sync.Barrier} and {@link
 * io.github.jasyncio.sync.Queue}.
 *
 * <p>Semantics: {@code asyncio}'s classes of the same names, turn by turn. All are fair: who came first is served first; a waiter that is
 * cancelled, before or after it was chosen, leaves nothing behind and takes nothing along. Where nobody has to wait, nothing suspends.
 *
 * <p>Loop-confined, unlike the classes of {@code java.util.concurrent}: they do not synchronise threads. An object belongs to the loop on which
 * somebody first had to wait for it. Where asyncio says {@code wait}, which {@link Object} has already, these say {@code waitOn}.
 */
@NullMarked
package io.github.jasyncio.sync;

import org.jspecify.annotations.NullMarked;
