package io.github.jasyncio.samples.basics;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** {@code await} stands wherever an expression may stand, and throws what the awaited coroutine throws, checked exceptions included. */
final class Awaiting {

    private Awaiting() {}

    public static void main(String... args) {
        run(program());
    }

    @Async
    static Coroutine<Void> program() {
        int sum = await(twice(1)) + await(twice(2));
        System.out.println("in an expression: " + sum);

        int total = 0;
        for (int i = 0; i < await(twice(2)); i++) {
            total += await(twice(i));
        }
        System.out.println("in a loop: " + total);

        try {
            System.out.println(await(read("no-such-file")));
        } catch (IOException e) {
            System.out.println("failed as it was thrown: " + e);
        }

        CompletableFuture<String> javas = CompletableFuture.supplyAsync(() -> "from another thread");
        System.out.println("one of Java's own futures: " + await(javas));
        return Coroutine.done();
    }

    @Async
    static Coroutine<Integer> twice(int n) {
        await(sleep(Duration.ofMillis(1)));
        return Coroutine.of(2 * n);
    }

    @Async
    static Coroutine<String> read(String name) throws IOException {
        await(sleep(Duration.ofMillis(1)));
        throw new FileNotFoundException(name);
    }
}
