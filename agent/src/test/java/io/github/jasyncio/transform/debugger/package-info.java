/** Rewritten code in a debugger. */
@NullMarked
package io.github.jasyncio.transform.debugger;

import org.jspecify.annotations.NullMarked;
