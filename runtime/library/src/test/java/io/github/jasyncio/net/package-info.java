/** The network on the loopback interface. */
@NullMarked
package io.github.jasyncio.net;

import org.jspecify.annotations.NullMarked;
