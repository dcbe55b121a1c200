package shop;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;

final class Quick {

    private Quick() {}

    @Async
    static Coroutine<Void> doesNothing() {
        return Coroutine.done();
    }
}
