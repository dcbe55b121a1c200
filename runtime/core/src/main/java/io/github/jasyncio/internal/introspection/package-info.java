/**
 * Reads what loops and tasks are doing, for dumps and call graphs: who awaits whom, and where each stands. What it must know of a loop is its {@link
 * io.github.jasyncio.internal.introspection.LoopView}, and what of tasks and futures the {@link io.github.jasyncio.internal.introspection.Insight}; the root
 * package gives both.
 */
@NullMarked
package io.github.jasyncio.internal.introspection;

import org.jspecify.annotations.NullMarked;
