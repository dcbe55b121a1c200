/** The runtime as a bundle of OSGi, where each bundle sees only what it imports. */
@NullMarked
package io.github.jasyncio.internal.osgi;

import org.jspecify.annotations.NullMarked;
