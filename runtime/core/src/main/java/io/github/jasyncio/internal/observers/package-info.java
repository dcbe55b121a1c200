/**
 * JMX and Flight Recorder: how those see the loops who look from outside of the program. Begins late and on a thread of its own, and nothing of it is loaded
 * where nobody looks.
 */
@NullMarked
package io.github.jasyncio.internal.observers;

import org.jspecify.annotations.NullMarked;
