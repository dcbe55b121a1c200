/**
 * The selector: which channels a loop watches, and what it calls when they are ready. Whoever has a transport or a server of his own tells it which
 * channels are his.
 */
@NullMarked
package io.github.jasyncio.internal.channels;

import org.jspecify.annotations.NullMarked;
