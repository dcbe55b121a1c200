/** Tests of the program's parts, and, as processes of their own on each JDK, of the program under the agent and rewritten. */
@NullMarked
package io.github.jasyncio.samples.fetch;

import org.jspecify.annotations.NullMarked;
