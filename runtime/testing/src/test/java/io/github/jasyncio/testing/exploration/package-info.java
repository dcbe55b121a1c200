/** Exploration held to a collection of small programs, each with one known bug, and to their corrected twins. */
@NullMarked
package io.github.jasyncio.testing.exploration;

import org.jspecify.annotations.NullMarked;
