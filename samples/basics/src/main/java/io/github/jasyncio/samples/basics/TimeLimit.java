package io.github.jasyncio.samples.basics;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitFor;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import java.time.Duration;

/** {@code waitFor} waits no longer than its timeout: it cancels what is late, waits for its cleaning up, and then says so. */
final class TimeLimit {

    private TimeLimit() {}

    public static void main(String... args) {
        run(program());
    }

    @Async
    static Coroutine<Void> program() {
        System.out.println(await(waitFor(answerAfter(Duration.ofMillis(1)), Duration.ofMinutes(1))));
        try {
            System.out.println(await(waitFor(answerAfter(Duration.ofMinutes(1)), Duration.ofMillis(10))));
        } catch (AsyncTimeoutException e) {
            System.out.println("too slow");
        }
        return Coroutine.done();
    }

    @Async
    static Coroutine<String> answerAfter(Duration delay) {
        try {
            await(sleep(delay));
            return Coroutine.of("the answer");
        } catch (CancelledError e) {
            System.out.println("cancelled, because nobody waits any more");
            throw e;
        }
    }
}
