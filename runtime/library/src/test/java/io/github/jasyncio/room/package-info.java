/** What happens where there is no room: on the stack, or in memory. */
@NullMarked
package io.github.jasyncio.room;

import org.jspecify.annotations.NullMarked;
