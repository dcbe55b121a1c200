package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import java.util.Objects;

class CoroLazyTest extends Twin {

    private int argument(int x) {
        log("argument", x);
        return x;
    }

    @Async
    private Coroutine<Integer> child(int x) {
        log("child starts", x);
        return Coroutine.of(x * 2);
    }

    @Async
    @Override
    Coroutine<Void> main() {
        getRunningLoop().callSoon(() -> log("a turn of the loop"));
        Coroutine<Integer> c = child(argument(1));
        log("called");
        log("result", await(c));
        log("result", await(child(argument(2))));
        Objects.requireNonNull(child(argument(3)), "dropped here");
        log("before the first turn");
        await(sleep(ms(0)));
        log("end");
        return Coroutine.done();
    }
}
