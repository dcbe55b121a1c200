/**
 * Runs a program under many orders of what is ready: {@link Orders} say which, {@link Choosing} takes care that none is impossible, {@link
 * Explorer} runs them one after the other, {@link Shrinking} makes what was found short, and {@link Interleaving} makes it readable.
 */
@NullMarked
package io.github.jasyncio.testing.exploration;

import org.jspecify.annotations.NullMarked;
