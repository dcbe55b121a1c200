/**
 * Awaits in other people's code: {@link io.github.jasyncio.transform.injection.AwaitInjector} puts an await at the instruction boundaries of a library's
 * methods, and the library's own tests must come out as they do without.
 */
@NullMarked
package io.github.jasyncio.transform.injection;

import org.jspecify.annotations.NullMarked;
