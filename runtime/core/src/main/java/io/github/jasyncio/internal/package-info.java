/**
 * What rewritten code calls, and nothing else. Not for users: names here change with the version of the rewriting, which is
 * recorded in every rewritten class by {@link io.github.jasyncio.internal.Rewritten}.
 *
 * <p>The protocol has two words. {@link io.github.jasyncio.Awaitable#start start} runs an awaitable until it has a value, which it
 * returns, or a failure, which it throws, or until it must wait: then it answers {@link
 * io.github.jasyncio.internal.Execution#SUSPENDED}, and every coroutine that it passes on its way out saves itself into a {@link
 * io.github.jasyncio.internal.Frame} and links itself behind the one it awaits. {@link
 * io.github.jasyncio.internal.Execution#resume resume} goes the other way: from the innermost frame outwards, one at a time,
 * without growing the Java stack.
 */
@NullMarked
package io.github.jasyncio.internal;

import org.jspecify.annotations.NullMarked;
