/**
 * What a loop works off and by which clock: its queues, how it waits, whose turns it takes. Knows no task; who fills the queues and runs what comes out of
 * them is the loop itself, in the root package.
 */
@NullMarked
package io.github.jasyncio.internal.loop;

import org.jspecify.annotations.NullMarked;
