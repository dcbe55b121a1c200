/** What debug mode says, word for word, of rewritten programs. */
@NullMarked
package io.github.jasyncio.debug;

import org.jspecify.annotations.NullMarked;
