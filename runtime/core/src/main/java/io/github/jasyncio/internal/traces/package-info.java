/** Stack traces: where coroutines stand, what of a Java stack a user has written, and how the trace of a failure is made to tell that. */
@NullMarked
package io.github.jasyncio.internal.traces;

import org.jspecify.annotations.NullMarked;
