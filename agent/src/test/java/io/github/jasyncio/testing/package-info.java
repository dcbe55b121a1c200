/** What the rewriting knows of jasyncio-testing by name. */
@NullMarked
package io.github.jasyncio.testing;

import org.jspecify.annotations.NullMarked;
