package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.emit;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncGenerator;
import io.github.jasyncio.Coroutine;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Generators that feed on generators: who runs when, and the order in which they end. */
class AgenPipelineTest extends Twin {

    @Async
    private AsyncGenerator<Integer> numbers(int n) {
        try {
            for (int i = 0; i < n; i++) {
                log("numbers", i);
                emit(i);
                await(sleep(Duration.ZERO));
            }
        } finally {
            log("numbers end");
        }
        return AsyncGenerator.done();
    }

    @Async
    private AsyncGenerator<Integer> squares(AsyncGenerator<Integer> source) {
        try {
            while (await(source.hasNext())) {
                int i = await(source.next());
                log("squares", i);
                emit(i * i);
            }
        } finally {
            log("squares end");
        }
        return AsyncGenerator.done();
    }

    @Async
    private AsyncGenerator<List<Integer>> pairs(AsyncGenerator<Integer> source) {
        @Nullable Integer held = null;
        while (await(source.hasNext())) {
            int i = await(source.next());
            if (held == null) {
                held = i;
            } else {
                emit(List.of(held, i));
                held = null;
            }
        }
        log("pairs end, left over", held);
        return AsyncGenerator.done();
    }

    @Async
    private Coroutine<Void> both(String name) {
        AsyncGenerator<Integer> squares = squares(numbers(2));
        while (await(squares.hasNext())) {
            log(name, "got", await(squares.next()));
        }
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        AsyncGenerator<List<Integer>> pairs = pairs(squares(numbers(5)));
        while (await(pairs.hasNext())) {
            log("got", await(pairs.next()));
        }
        await(gather(both("x"), both("y")));
        return Coroutine.done();
    }
}
