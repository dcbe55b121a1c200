/** The network on the loopback interface: against itself, against the JDK's own sockets, and against the programs of others. */
@NullMarked
package io.github.jasyncio.net;

import org.jspecify.annotations.NullMarked;
