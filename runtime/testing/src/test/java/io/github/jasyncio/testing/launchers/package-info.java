/** Async tests in all launchers, by all doors of the transformer, and beside the extensions of others. */
@NullMarked
package io.github.jasyncio.testing.launchers;

import org.jspecify.annotations.NullMarked;
