/** A chat over TCP: a server with rooms and nicknames, and its client on the terminal. {@code Chat} is where both begin. */
@NullMarked
package io.github.jasyncio.samples.chat;

import org.jspecify.annotations.NullMarked;
