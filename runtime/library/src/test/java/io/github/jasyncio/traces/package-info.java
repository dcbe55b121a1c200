/** Stack traces that read as if the code were synchronous. */
@NullMarked
package io.github.jasyncio.traces;

import org.jspecify.annotations.NullMarked;
