package io.github.jasyncio.samples.basics;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.shield;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.time.Duration;

/** {@code shield} keeps the cancellation of whoever waits away from what he waits for: that goes on. */
final class Shielding {

    private Shielding() {}

    public static void main(String... args) {
        run(program());
    }

    @Async
    static Coroutine<Void> program() {
        Task<String> payment = createTask(pay());
        Task<Void> customer = createTask(waitFor(payment));
        await(sleep(Duration.ofMillis(10)));

        customer.cancel();
        try {
            await(customer);
        } catch (CancelledError e) {
            System.out.println("customer cancelled: " + customer.isCancelled());
        }
        System.out.println("payment cancelled:  " + payment.isCancelled());
        System.out.println("payment:            " + await(payment));
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> waitFor(Task<String> payment) {
        try {
            System.out.println("the customer gets: " + await(shield(payment)));
        } catch (CancelledError e) {
            System.out.println("the customer leaves");
            throw e;
        }
        return Coroutine.done();
    }

    @Async
    static Coroutine<String> pay() {
        System.out.println("the payment begins");
        await(sleep(Duration.ofMillis(30)));
        System.out.println("the payment ends");
        return Coroutine.of("paid");
    }
}
