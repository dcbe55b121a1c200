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
import java.util.ArrayList;
import java.util.List;

class BarrierBrokenTest extends Twin {

    @Async
    private Coroutine<Void> party(String name, Barrier barrier) {
        try {
            await(barrier.waitOn());
            log(name, "goes");
        } catch (Throwable e) {
            log(name, "gets", e, "broken", barrier.isBroken());
        }
        return Coroutine.done();
    }

    private List<Task<Void>> start(Barrier barrier, String... who) {
        List<Task<Void>> tasks = new ArrayList<>();
        for (String n : who) {
            tasks.add(createTask(party(n, barrier), n));
        }
        return tasks;
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Barrier barrier = new Barrier(3);

        List<Task<Void>> tasks = start(barrier, "a", "b");
        await(sleep(ms(1)));
        log("waiting", barrier.nWaiting());
        await(barrier.reset());
        await(waitOn(tasks, ReturnWhen.ALL_COMPLETED));
        tasks = start(barrier, "c", "d", "e");
        await(waitOn(tasks, ReturnWhen.ALL_COMPLETED));
        tasks = start(barrier, "f", "g");
        await(sleep(ms(1)));
        await(barrier.abort());
        log("aborted; broken", barrier.isBroken());
        await(waitOn(tasks, ReturnWhen.ALL_COMPLETED));
        await(attempt("wait when broken", barrier.waitOn()));
        await(barrier.reset());
        log("reset; broken", barrier.isBroken());
        tasks = start(barrier, "h", "i");
        await(sleep(ms(1)));
        tasks.get(0).cancel();
        await(sleep(ms(1)));
        log("one cancelled; waiting", barrier.nWaiting());
        tasks.addAll(start(barrier, "j", "k"));
        await(waitOn(tasks, ReturnWhen.ALL_COMPLETED));
        return Coroutine.done();
    }
}
