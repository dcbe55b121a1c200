/**
 * async/await with the semantics of Python's asyncio: what users import. {@link io.github.jasyncio.Asyncio} holds the functions
 * of Python's {@code asyncio} module for static import; coroutines, futures, tasks and the event loop are types of their own.
 */
@NullMarked
package io.github.jasyncio;

import org.jspecify.annotations.NullMarked;
