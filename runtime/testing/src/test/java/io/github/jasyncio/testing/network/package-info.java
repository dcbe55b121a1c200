/** Programs on a simulated network. */
@NullMarked
package io.github.jasyncio.testing.network;

import org.jspecify.annotations.NullMarked;
