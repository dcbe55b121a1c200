/**
 * Several loops, each on a thread of its own: {@link io.github.jasyncio.loops.LoopGroup}, for more than one core, and for programs that are not async themselves.
 *
 * <pre>{@code
 * try (LoopGroup loops = LoopGroup.ofCores()) {
 *     int sum = loops.start(() -> compute(data)).join(); // from any thread
 * }
 * }</pre>
 *
 * <p>A task stays on its loop, so what is written between two awaits needs no lock. What several loops share must be thread-safe; locks, queues and futures of
 * jasyncio belong to one loop. asyncio has no counterpart: there one runs several processes.
 */
@NullMarked
package io.github.jasyncio.loops;

import org.jspecify.annotations.NullMarked;
