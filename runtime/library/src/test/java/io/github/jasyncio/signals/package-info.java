/** Signals of the operating system's, sent to processes. */
@NullMarked
package io.github.jasyncio.signals;

import org.jspecify.annotations.NullMarked;
