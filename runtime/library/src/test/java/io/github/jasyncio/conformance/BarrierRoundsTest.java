package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitOn;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.ReturnWhen;
import io.github.jasyncio.Task;
import io.github.jasyncio.sync.Barrier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class BarrierRoundsTest extends Twin {

    @Async
    private Coroutine<Void> party(String name, Barrier barrier, Duration... delays) {
        for (Duration d : delays) {
            await(sleep(d));
            log(name, "arrives; waiting", barrier.nWaiting());
            int index = await(barrier.waitOn());
            log(name, "goes with", index, "broken", barrier.isBroken());
        }
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Barrier barrier = new Barrier(3);
        List<Task<Void>> tasks = List.of(
                createTask(party("a", barrier, ms(10), ms(0))),
                createTask(party("b", barrier, ms(0), ms(5))),
                createTask(party("c", barrier, ms(20), ms(20))));
        await(waitOn(tasks, ReturnWhen.ALL_COMPLETED));
        log("parties", barrier.parties(), "waiting", barrier.nWaiting());
        Barrier alone = new Barrier(1);
        log("alone", await(alone.waitOn()), await(alone.waitOn()));
        tasks = new ArrayList<>();
        for (String n : List.of("d", "e", "f", "g", "h", "i")) {
            tasks.add(createTask(party(n, barrier, ms(0)), n));
        }
        await(waitOn(tasks, ReturnWhen.ALL_COMPLETED));
        attemptCall("no parties", () -> new Barrier(0));
        return Coroutine.done();
    }
}
