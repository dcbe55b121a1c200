package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.emit;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncGenerator;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.time.Duration;

/** An async generator runs on demand, between emit and next; its awaits suspend its consumer's task. */
class AgenIterationTest extends Twin {

    @Async
    private AsyncGenerator<Integer> count(int n, boolean fail) {
        log("generator starts");
        try {
            for (int i = 0; i < n; i++) {
                await(sleep(ms(1)));
                log("emits", i);
                emit(i);
                log("resumed behind", i);
            }
            if (fail) {
                throw new Boom("generator");
            }
        } finally {
            await(sleep(ms(1)));
            log("generator's finally");
        }
        return AsyncGenerator.done();
    }

    @Async
    private Coroutine<Void> other() {
        for (int i = 0; i < 3; i++) {
            log("other task");
            await(sleep(ms(1)));
        }
        return Coroutine.done();
    }

    @Async
    private AsyncGenerator<Integer> immediate() {
        emit(1);
        emit(2);
        return AsyncGenerator.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        AsyncGenerator<Integer> g = count(2, false);
        log("made");
        Task<Void> t = createTask(other());
        while (await(g.hasNext())) {
            log("got", await(g.next()));
        }
        await(t);
        while (await(g.hasNext())) {
            log("never here: the generator is used up");
        }
        try {
            AsyncGenerator<Integer> failing = count(1, true);
            while (await(failing.hasNext())) {
                log("got", await(failing.next()));
            }
        } catch (Boom e) {
            log("consumer gets", e);
        }
        getRunningLoop().callSoon(() -> log("a turn of the loop"));
        AsyncGenerator<Integer> immediate = immediate();
        while (await(immediate.hasNext())) {
            log("without a suspension", await(immediate.next()));
        }
        await(sleep(Duration.ZERO));
        return Coroutine.done();
    }
}
