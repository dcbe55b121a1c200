package io.github.jasyncio.testing.home;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import java.time.Duration;
import java.util.SplittableRandom;

/** What chance has drawn for one actor of a program: the same in each order under which the program runs, since nobody else throws these dice. */
final class Dice {

    private final SplittableRandom random;

    private Dice(SplittableRandom random) {
        this.random = random;
    }

    /** Those of one actor. */
    static Dice of(long program, int actor) {
        return new Dice(new SplittableRandom(program * 1_000_003 + actor));
    }

    int below(int limit) {
        return random.nextInt(limit);
    }

    /** From 1 to {@code most}. */
    int oneTo(int most) {
        return 1 + random.nextInt(most);
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    /** Gives the others a few turns, or none. */
    @Async
    Coroutine<Void> pause() {
        for (int turns = below(3); turns > 0; turns--) {
            await(sleep(Duration.ZERO));
        }
        return Coroutine.done();
    }
}
