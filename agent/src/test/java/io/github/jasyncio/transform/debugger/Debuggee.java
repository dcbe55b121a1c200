package io.github.jasyncio.transform.debugger;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.emit;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncGenerator;
import io.github.jasyncio.Coroutine;
import java.time.Duration;

/** What {@link DebuggerTest} debugs; it finds lines by their trailing comments. */
final class Debuggee {

    private Debuggee() {}

    @Async
    public static void main(String[] arguments) {
        int number = 7;
        String bill = await(bill("Ada", 3, 2.5)); // main awaits
        System.out.println(number + bill); // main prints
    }

    @Async
    private static Coroutine<String> bill(String customer, int count, double price) {
        long total = 0;
        String greeting = "Dear " + customer;
        char sign = '$';
        for (int i = 1; i <= count; i++) {
            total += await(cents(i, price)); // await in a loop
            String line = greeting + " " + total; // behind the await
            await(Coroutine.of(line)); // does not suspend
            sign = line.charAt(0); // behind the second
        }
        AsyncGenerator<Integer> parts = parts(count);
        while (await(parts.hasNext())) {
            total += await(parts.next());
        }
        String seal = "seal";
        total += seal.length() + sign; // the last use of these
        await(sleep(Duration.ofMillis(1)));
        return Coroutine.of(greeting + total); // seal and sign are dead
    }

    @Async
    private static AsyncGenerator<Integer> parts(int count) {
        String name = "part";
        for (int part = 0; part < count; part++) {
            await(sleep(Duration.ofMillis(1)));
            emit(name.length() * part); // emits
            part += 0; // behind the emit
        }
        return AsyncGenerator.done();
    }

    @Async
    private static Coroutine<Long> cents(int number, double price) {
        await(sleep(Duration.ofMillis(1)));
        return Coroutine.of((long) (number * price * 100)); // in the callee
    }
}
