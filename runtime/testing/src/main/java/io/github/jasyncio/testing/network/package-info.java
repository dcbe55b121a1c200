/**
 * A network that is only imagined, as channels and a selector like the operating system's: a {@link World} of {@link Station}s, whose sockets send each
 * other what then is on the {@link Wire} for as long as the {@link Conditions} between them say. Time is the loop's, chance is drawn from a seed.
 *
 * <p>Nothing here knows of transports, streams or servers: they run on it unchanged. All of it is loop-confined.
 */
@NullMarked
package io.github.jasyncio.testing.network;

import org.jspecify.annotations.NullMarked;
