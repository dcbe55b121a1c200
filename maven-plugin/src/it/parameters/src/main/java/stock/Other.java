package stock;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;

final class Other {

    private Other() {}

    @Async
    static Coroutine<Void> doesNothing() {
        return Coroutine.done();
    }
}
