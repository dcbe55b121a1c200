/**
 * async/await with the semantics of Python's asyncio: what users import. {@link io.github.jasyncio.Asyncio} holds the functions
 * of Python's {@code asyncio} module for static import; coroutines, futures, tasks and the event loop are types of their own.
 *
 * <p>What is here and is not public cannot be parted from that: a task's step goes through loop, future and task, and the futures, callbacks and queues
 * that it meets there know each other's fields. All else has a room of its own below {@link io.github.jasyncio.internal}, and what a room must know of a
 * loop, a task or a future beyond what users see it is given as an object, when there first is something to know.
 */
@NullMarked
package io.github.jasyncio;

import org.jspecify.annotations.NullMarked;
