/** Who awaits whom in programs written with {@code @Async}. */
@NullMarked
package io.github.jasyncio.callgraph;

import org.jspecify.annotations.NullMarked;
