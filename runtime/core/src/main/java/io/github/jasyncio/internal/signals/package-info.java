/** Signals of the operating system's: those that a loop handles, and Ctrl-C while a runner is at work. */
@NullMarked
package io.github.jasyncio.internal.signals;

import org.jspecify.annotations.NullMarked;
