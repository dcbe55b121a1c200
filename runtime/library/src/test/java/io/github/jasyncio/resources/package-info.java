/** Resources whose closing waits, in try-with-resources and in stacks, with our own plugin's rewriting. */
@NullMarked
package io.github.jasyncio.resources;

import org.jspecify.annotations.NullMarked;
