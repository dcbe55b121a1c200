package io.github.jasyncio.samples.basics;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.toThread;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.time.Duration;

/**
 * A coroutine that computes for long keeps the loop's thread, and nobody else has a turn. It gives turns away now and then, or leaves the
 * computing to another thread.
 */
final class Computing {

    private static final int LIMIT = 10_000;

    private Computing() {}

    public static void main(String... args) {
        run(program());
    }

    @Async
    static Coroutine<Void> program() {
        Neighbour neighbour = new Neighbour();
        Task<Void> neighbours = createTask(neighbour.live());

        System.out.println(
                "mistake: " + countPrimes() + " primes; the neighbour had " + neighbour.takeTurns() + " turns");

        System.out.println("remedy, turns between: " + await(countPrimesGivingTurns()) + " primes; the neighbour had "
                + neighbour.takeTurns() + " turns");

        System.out.println("remedy, another thread: " + await(toThread(Computing::countPrimes))
                + " primes; the neighbour had turns: " + (neighbour.takeTurns() > 0));

        neighbours.cancel();
        return Coroutine.done();
    }

    private static int countPrimes() {
        int count = 0;
        for (int n = 2; n < LIMIT; n++) {
            if (isPrime(n)) {
                count++;
            }
        }
        return count;
    }

    @Async
    static Coroutine<Integer> countPrimesGivingTurns() {
        int count = 0;
        for (int n = 2; n < LIMIT; n++) {
            if (isPrime(n)) {
                count++;
            }
            if (n % 1000 == 0) {
                await(sleep(Duration.ZERO));
            }
        }
        return Coroutine.of(count);
    }

    private static boolean isPrime(int n) {
        for (int divisor = 2; divisor * divisor <= n; divisor++) {
            if (n % divisor == 0) {
                return false;
            }
        }
        return true;
    }

    /** Lives on the same loop, and counts how often it has a turn. */
    private static final class Neighbour {

        private int turns;

        @Async
        Coroutine<Void> live() {
            while (true) {
                turns++;
                await(sleep(Duration.ZERO));
            }
        }

        int takeTurns() {
            int taken = turns;
            turns = 0;
            return taken;
        }
    }
}
