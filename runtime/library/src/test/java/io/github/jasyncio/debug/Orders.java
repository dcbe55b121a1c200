package io.github.jasyncio.debug;

import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.gatherOutcomes;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitFor;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A program with the mistakes that debug mode is there for. Messages name its lines; a test finds them by their comments. */
@SuppressWarnings("CheckReturnValue") // that is a mistake
final class Orders {

    private Orders() {}

    /** The number of the line that ends with a comment. */
    static int line(String comment) {
        return Sources.line("Orders.java", comment);
    }

    @Async
    static Coroutine<Integer> price(int item) {
        await(sleep(Duration.ofMillis(1))); // first
        return Coroutine.of(item * 10);
    }

    @Async
    static Coroutine<Integer> forgetsToAwait() {
        price(1); // dropped
        sleep(Duration.ofSeconds(1)); // dropped too
        return Coroutine.of(await(price(2)));
    }

    @Async
    static Coroutine<Void> forgetsNothing() {
        await(price(1));
        await(waitFor(price(1), Duration.ofSeconds(1)));
        await(gather(price(1), createTask(price(2))));
        Task<Integer> cancelled = createTask(price(3));
        cancelled.cancel();
        Coroutine<Integer> once = price(4);
        await(once);
        try {
            await(once);
        } catch (IllegalStateException e) {
            await(gatherOutcomes(cancelled)); // as it should be: a coroutine is used up
        }
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> forgetsInLambda() {
        return async(() -> {
            await(sleep(Duration.ZERO));
            price(3); // dropped in a lambda
            return Coroutine.done();
        });
    }

    @Async
    static Coroutine<Void> blocks(BooleanSupplier end) {
        await(sleep(Duration.ZERO)); // waits
        spinUntil(end); // blocks
        await(sleep(Duration.ZERO));
        return Coroutine.done();
    }

    private static void spinUntil(BooleanSupplier end) {
        while (!end.getAsBoolean()) { // spins
            Thread.onSpinWait();
        }
    }

    @Async
    static Coroutine<Void> fails() {
        throw new IllegalStateException("sold out");
    }

    @Async
    static Coroutine<Task<Void>> spawnsFailing() {
        return Coroutine.of(createTask(fails(), "failing")); // spawns
    }

    @Async
    static Coroutine<Task<Void>> spawnsWaiting() {
        return Coroutine.of(createTask(sleep(Duration.ofDays(1)), "waiting")); // spawns for long
    }

    @Async
    static Coroutine<Void> schedulesFailing() {
        getRunningLoop().callSoon(new FailingCallback()); // schedules
        await(sleep(Duration.ZERO));
        return Coroutine.done();
    }

    private static final class FailingCallback implements Runnable {

        @Override
        public void run() {
            throw new IllegalStateException("called");
        }

        @Override
        public String toString() {
            return "failing";
        }
    }
}
