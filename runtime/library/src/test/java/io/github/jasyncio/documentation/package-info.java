/** Holds what is written for users against what is there. */
@NullMarked
package io.github.jasyncio.documentation;

import org.jspecify.annotations.NullMarked;
