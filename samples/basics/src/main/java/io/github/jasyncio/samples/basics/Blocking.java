package io.github.jasyncio.samples.basics;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.toThread;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine that calls a blocking API stops the whole loop: here even the task that would have brought what it waits for. The remedy is to
 * make such calls on another thread, and to await them.
 */
final class Blocking {

    private Blocking() {}

    public static void main(String... args) {
        run(program());
    }

    @Async
    static Coroutine<Void> program() {
        BlockingQueue<String> post = new LinkedBlockingQueue<>();

        Task<Void> sender = createTask(send(post));
        System.out.println("mistake: got " + receive(post, 20));
        await(sender);
        post.clear();

        sender = createTask(send(post));
        System.out.println("remedy:  got " + await(toThread(() -> receive(post, 60_000))));
        await(sender);
        return Coroutine.done();
    }

    /** The API that blocks: waits at most so long for a letter, and gives null if there is none. */
    private static @Nullable String receive(BlockingQueue<String> post, int millis) {
        try {
            return post.poll(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while waiting for a letter", e);
        }
    }

    @Async
    static Coroutine<Void> send(BlockingQueue<String> post) {
        System.out.println("  a letter is sent");
        post.add("a letter");
        return Coroutine.done();
    }
}
