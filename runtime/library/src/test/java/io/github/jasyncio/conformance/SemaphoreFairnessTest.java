package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitOn;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.ReturnWhen;
import io.github.jasyncio.Task;
import io.github.jasyncio.sync.BoundedSemaphore;
import io.github.jasyncio.sync.Semaphore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class SemaphoreFairnessTest extends Twin {

    @Async
    private Coroutine<Void> worker(String name, Semaphore sem, Duration hold) {
        await(sem.acquire());
        try {
            log(name, "in");
            await(sleep(hold));
            log(name, "out");
        } finally {
            sem.release();
        }
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Semaphore sem = new Semaphore(2);
        List<Task<Void>> tasks = List.of(
                createTask(worker("a", sem, ms(20))),
                createTask(worker("b", sem, ms(10))),
                createTask(worker("c", sem, ms(20))),
                createTask(worker("d", sem, ms(0))),
                createTask(worker("e", sem, ms(0))));
        await(waitOn(tasks, ReturnWhen.ALL_COMPLETED));

        sem = new Semaphore(0);
        tasks = new ArrayList<>();
        for (String n : List.of("f", "g", "h")) {
            tasks.add(createTask(worker(n, sem, ms(0)), n));
        }
        await(sleep(ms(0)));
        sem.release();
        sem.release();
        log("released twice; locked", sem.isLocked());
        Task<Void> newcomer = createTask(worker("new", sem, ms(0)));
        await(sleep(ms(0)));
        sem.release();
        tasks.add(newcomer);
        await(waitOn(tasks, ReturnWhen.ALL_COMPLETED));
        log("locked", sem.isLocked());
        sem = new Semaphore(0);
        Task<Void> w = createTask(worker("w", sem, ms(0)), "w");
        await(sleep(ms(0)));
        sem.release();
        sem.release();
        log("one waiter, two permits; locked", sem.isLocked());
        await(sem.acquire());
        log("main in");
        sem.release();
        await(w);
        BoundedSemaphore bounded = new BoundedSemaphore(1);
        await(bounded.acquire());
        bounded.release();
        attemptCall("one release too many", bounded::release);
        attemptCall("negative", () -> new Semaphore(-1));
        return Coroutine.done();
    }
}
