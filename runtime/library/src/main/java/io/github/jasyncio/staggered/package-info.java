/**
 * The first of several: {@link io.github.jasyncio.staggered.Staggered#firstOf firstOf} gives the result of whoever succeeds first and cancels the rest.
 *
 * <pre>{@code
 * import static io.github.jasyncio.staggered.Staggered.firstOf;
 *
 * byte[] page = await(firstOf(Duration.ofMillis(200), () -> fetch(mirror), () -> fetch(origin)));
 * }</pre>
 *
 * <p>Semantics: {@code asyncio.staggered}. Loop-confined.
 */
@NullMarked
package io.github.jasyncio.staggered;

import org.jspecify.annotations.NullMarked;
