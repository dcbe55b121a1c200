/** Random programs full of awaits: valid Java, sure to end, the same for the same seed. */
@NullMarked
package io.github.jasyncio.transform.generator;

import org.jspecify.annotations.NullMarked;
