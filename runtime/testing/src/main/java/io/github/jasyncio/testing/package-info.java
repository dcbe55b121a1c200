/**
 * Tests of async programs. {@link Schedules} runs one under many orders, finds those under which it fails, and replays them.
 */
@NullMarked
package io.github.jasyncio.testing;

import org.jspecify.annotations.NullMarked;
