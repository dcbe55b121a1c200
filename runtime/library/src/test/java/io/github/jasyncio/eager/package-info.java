/** The eager kind: {@code @Async} methods that return {@code CompletableFuture} or {@code CompletionStage}. */
@NullMarked
package io.github.jasyncio.eager;

import org.jspecify.annotations.NullMarked;
