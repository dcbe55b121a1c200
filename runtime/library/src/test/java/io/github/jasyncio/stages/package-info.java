/** Awaiting stages of all kinds. */
@NullMarked
package io.github.jasyncio.stages;

import org.jspecify.annotations.NullMarked;
