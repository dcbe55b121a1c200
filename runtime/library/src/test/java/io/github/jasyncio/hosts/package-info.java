/** Loops that take their turns on the threads of other libraries. */
@NullMarked
package io.github.jasyncio.hosts;

import org.jspecify.annotations.NullMarked;
