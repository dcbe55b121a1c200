package io.github.jasyncio.programs;

import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Frame;
import java.util.concurrent.CompletableFuture;

/** Suspends once, and prints what its coroutine comes to; without an event loop, so that nothing but the rewriting is on trial. */
public final class Prices {

    private static final CompletableFuture<Integer> rate = new CompletableFuture<>();

    private Prices() {}

    @Async
    static Coroutine<Integer> price(int item) {
        return Coroutine.of(item * await(rate));
    }

    @Async
    static Coroutine<Integer> total() {
        return Coroutine.of(await(price(1)) + await(price(2)));
    }

    public static void main(String[] arguments) {
        Execution execution = new Execution();
        if (execution.run((Frame<?>) total()) == Execution.SUSPENDED) {
            System.out.println("suspended");
        }
        rate.complete(10);
        System.out.println("total " + execution.resume(execution.innermost(), 10, null));
        System.out.println("debug " + System.getProperty("jasyncio.debug"));
    }
}
