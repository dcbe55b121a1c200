/**
 * The Java agent: rewrites async methods as their classes are loaded. A shell around {@link io.github.jasyncio.transform.Transformer}, which
 * knows nothing of class loaders; here is decided which classes are given to it, and where what it says is reported.
 */
@NullMarked
package io.github.jasyncio.agent;

import org.jspecify.annotations.NullMarked;
