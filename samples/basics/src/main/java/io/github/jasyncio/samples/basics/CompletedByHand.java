package io.github.jasyncio.samples.basics;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.run;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.InvalidStateException;
import java.time.Duration;

/** A future is a value that somebody will set: the bridge from callbacks to {@code await}. */
final class CompletedByHand {

    private CompletedByHand() {}

    public static void main(String... args) {
        run(program());
    }

    @Async
    static Coroutine<Void> program() {
        EventLoop loop = getRunningLoop();

        Future<String> answer = loop.createFuture();
        answer.addDoneCallback(done -> System.out.println("callback: " + done.result()));
        loop.callLater(Duration.ofMillis(10), () -> answer.setResult("42"));
        System.out.println("isDone: " + answer.isDone());
        System.out.println("await:  " + await(answer));
        System.out.println("result: " + answer.result());

        try {
            answer.setResult("43");
        } catch (InvalidStateException e) {
            System.out.println("a future is completed once");
        }

        Future<String> failing = loop.createFuture();
        loop.callSoon(() -> failing.setException(new IllegalArgumentException("no such question")));
        try {
            await(failing);
        } catch (IllegalArgumentException e) {
            System.out.println("failed: " + e.getMessage());
        }
        return Coroutine.done();
    }
}
