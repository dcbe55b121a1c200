/**
 * What all event loops and tasks of the process are doing: values that were read at a moment, and their forms as text, JSON, table and tree. {@link
 * io.github.jasyncio.Asyncio#dump} makes them.
 */
@NullMarked
package io.github.jasyncio.introspection;

import org.jspecify.annotations.NullMarked;
