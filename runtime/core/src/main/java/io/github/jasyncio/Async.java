package io.github.jasyncio;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method whose body may suspend at {@code await}: Java's spelling of Python's {@code async def}.
 *
 * <p>What the method returns says which kind it is:
 *
 * <ul>
 *   <li>{@link Coroutine}, the lazy kind: calling the method runs none of its body. It returns a single-use coroutine, which runs when it is awaited or
 *       made into a {@code Task}. The body says {@code return Coroutine.of(value)} or, for {@code Coroutine<Void>}, {@code return Coroutine.done()}.
 *   <li>{@link AsyncGenerator}, the generator kind: calling the method runs none of its body, which {@link Asyncio#emit emits} values to whoever asks for
 *       the next one. It ends with {@code return AsyncGenerator.done()}.
 *   <li>{@link java.util.concurrent.CompletableFuture} or {@link java.util.concurrent.CompletionStage}, the eager kind, for callers that know nothing of
 *       coroutines: the body runs in the caller's thread up to its first suspension. It goes on upon the loop that runs there or, where none does, in the
 *       thread that completes what it awaits.
 *   <li>nothing, the run kind, where a program or test begins: {@code main} methods that the JVM can start, and those with one of JUnit Jupiter's own
 *       annotations ({@code @Test}, {@code @BeforeEach} and so on). Whoever calls the method waits until its body has ended.
 * </ul>
 *
 * <p>A lambda that awaits, or emits, and returns one of these needs no annotation.
 *
 * <p>The annotation does nothing by itself. The method is rewritten by one of four doors: when javac compiles it (javac plugin), behind the compiler
 * (Maven plugin, command line), or when its class is loaded (agent).
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Async {}
