package io.github.jasyncio;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method whose body may suspend at {@code await}: Java's spelling of Python's {@code async def}.
 *
 * <p>The method must return {@link Coroutine}. Calling it runs none of its body: it returns a lazy, single-use coroutine, which runs when
 * it is awaited or made into a {@code Task}. Its body says {@code return Coroutine.of(value)} or, for {@code Coroutine<Void>}, {@code
 * return Coroutine.done()}. A lambda that awaits and returns a {@code Coroutine} needs no annotation.
 *
 * <p>The annotation does nothing by itself: the jasyncio agent (at load time) or the Maven plugin (at build time) rewrites the method.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Async {}
