/** Subprocesses, with the programs that every system has. */
@NullMarked
package io.github.jasyncio.process;

import org.jspecify.annotations.NullMarked;
