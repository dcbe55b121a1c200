package shop;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;

final class Slow {

    private Slow() {}

    @Async
    static Coroutine<Void> stallsTheLoop() throws InterruptedException {
        Thread.sleep(1);
        sleepsLong();
        return Coroutine.done();
    }

    private static void sleepsLong() {}
}
