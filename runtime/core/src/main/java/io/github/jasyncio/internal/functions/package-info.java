/**
 * What stands behind the functions of the facade {@link io.github.jasyncio.Asyncio}: coroutines and callbacks over the API that users have, too.
 *
 * <p>Here, and in {@link io.github.jasyncio.Timeout} and {@link io.github.jasyncio.TaskGroup}, coroutines are written by hand, as stretches between awaits,
 * where everywhere else the transformer does that work: the facade must have {@code timeout}, {@code waitFor}, {@code taskGroup}, {@code waitOn} and {@code
 * asCompleted}, and core, in which it stands, is built before the transformer. They are few and will not become more, since whatever else awaits lives in
 * library; and a second facade there, only to write these with {@code await}, would be one more thing for every user to import.
 */
@NullMarked
package io.github.jasyncio.internal.functions;

import org.jspecify.annotations.NullMarked;
