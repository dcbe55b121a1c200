/**
 * The javac plugin: rewrites async methods as javac writes their classes, and reports misuse as javac reports its own errors. A shell around
 * {@link io.github.jasyncio.transform.Transformer}, which touches nothing of javac that its module does not export.
 */
@NullMarked
package io.github.jasyncio.agent.javac;

import org.jspecify.annotations.NullMarked;
