package io.github.jasyncio.samples.basics;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.emit;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCloseable;
import io.github.jasyncio.AsyncGenerator;
import io.github.jasyncio.Coroutine;
import java.time.Duration;

/**
 * A method that emits makes its values one by one, when somebody asks: an async generator. Who leaves it before its end closes it, and then its finally blocks
 * run.
 */
final class Generators {

    private Generators() {}

    public static void main(String... args) {
        run(program());
    }

    @Async
    static Coroutine<Void> program() {
        System.out.println("one by one:");
        AsyncGenerator<String> trains = trains(2);
        System.out.println("  nothing has run yet");
        while (await(trains.hasNext())) {
            System.out.println("  " + await(trains.next()));
        }

        System.out.println("only the first that is late:");
        await(trains(100)
                .filter(train -> Coroutine.of(train.endsWith("late")))
                .take(1)
                .forEach(train -> {
                    System.out.println("  " + train);
                    return Coroutine.done();
                }));

        System.out.println("left early, and closed:");
        AsyncGenerator<String> others = trains(100);
        try (AsyncCloseable closing = others.closing()) {
            System.out.println("  " + await(others.next()) + ", and " + closing);
        }
        return Coroutine.done();
    }

    @Async
    static AsyncGenerator<String> trains(int count) {
        System.out.println("  the board is switched on");
        try {
            for (int i = 1; i <= count; i++) {
                await(sleep(Duration.ofMillis(5)));
                emit("train " + i + (i % 3 == 0 ? ", late" : ""));
            }
        } finally {
            await(sleep(Duration.ofMillis(5)));
            System.out.println("  the board is switched off");
        }
        return AsyncGenerator.done();
    }
}
