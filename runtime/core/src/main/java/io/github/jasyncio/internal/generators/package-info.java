/**
 * Async generators: how far a body has come, the steps that users await, what goes through all values, the way from and to {@code java.util.concurrent.Flow},
 * and which generators a loop has yet to close. {@code AsyncGenerator}, which is what users have, knows these classes; they know it by name only, and keep it as
 * an object that becomes garbage.
 */
@NullMarked
package io.github.jasyncio.internal.generators;

import org.jspecify.annotations.NullMarked;
