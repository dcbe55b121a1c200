/** What the README shows, so that it is run. */
@NullMarked
package io.github.jasyncio.testing.documentation;

import org.jspecify.annotations.NullMarked;
