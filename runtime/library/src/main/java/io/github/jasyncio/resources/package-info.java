/**
 * Resources whose closing waits, where try-with-resources is not enough: {@link io.github.jasyncio.resources.AsyncExitStack} closes as many as there turn
 * out to be.
 *
 * <p>Semantics: Python's {@code contextlib}. Loop-confined, and nothing here suspends by itself.
 */
@NullMarked
package io.github.jasyncio.resources;

import org.jspecify.annotations.NullMarked;
