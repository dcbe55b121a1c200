/**
 * What rewritten code calls, and the little that the modules above core share with it. Not for users: names here change with the version of the
 * rewriting, which is recorded in every rewritten class by {@link io.github.jasyncio.internal.Rewritten}. The packages below are rooms of core's.
 *
 * <p>The protocol has two words. {@link io.github.jasyncio.Awaitable#start start} runs an awaitable until it has a value, which it
 * returns, or a failure, which it throws, or until it must wait: then it answers {@link
 * io.github.jasyncio.internal.Execution#SUSPENDED}, and every coroutine that it passes on its way out saves itself into a {@link
 * io.github.jasyncio.internal.Frame} and links itself behind the one it awaits. {@link
 * io.github.jasyncio.internal.Execution#resume resume} goes the other way: from the innermost frame outwards, one at a time,
 * without growing the Java stack.
 *
 * <p>{@link io.github.jasyncio.Awaitable}, {@link io.github.jasyncio.Coroutine} and {@link io.github.jasyncio.Future} there, and {@link
 * io.github.jasyncio.internal.Execution} and {@link io.github.jasyncio.internal.Frame} here, know each other and are one room, whose two halves only lie in
 * two packages because users import the one and rewritten code the other. That is the calling convention: an awaitable is started with the execution that
 * carries its suspension, and the execution links the coroutines that it carries. An interface in between would be called at every await.
 *
 * <p>The body of an async generator speaks the same protocol, but its frame is there from the beginning: it answers each value that it emits, standing in its
 * frame, and {@link io.github.jasyncio.internal.Execution#ENDED} at its end. {@link io.github.jasyncio.internal.Execution#enter enter} goes on behind the
 * {@code emit}, from the middle of whoever asks.
 */
@NullMarked
package io.github.jasyncio.internal;

import org.jspecify.annotations.NullMarked;
