package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitOn;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.ReturnWhen;
import io.github.jasyncio.Task;
import io.github.jasyncio.sync.Lock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class LockFairnessTest extends Twin {

    @Async
    private Coroutine<Void> worker(String name, Lock lock, Duration hold) {
        log(name, "wants");
        await(lock.acquire());
        try {
            log(name, "has; locked", lock.isLocked());
            await(sleep(hold));
        } finally {
            lock.release();
        }
        log(name, "released; locked", lock.isLocked());
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Lock lock = new Lock();
        log("acquire", await(lock.acquire()), lock.isLocked());
        List<Task<Void>> tasks = new ArrayList<>();
        for (String n : List.of("a", "b", "c")) {
            tasks.add(createTask(worker(n, lock, ms(0))));
        }
        await(sleep(ms(0)));
        lock.release();
        log("main released; locked", lock.isLocked());
        await(lock.acquire());
        log("main has it again");
        lock.release();
        await(waitOn(tasks, ReturnWhen.ALL_COMPLETED));
        attemptCall("release what is free", lock::release);
        await(lock.acquire());
        Task<Void> d = createTask(worker("d", lock, ms(5)));
        Task<Void> e = createTask(worker("e", lock, ms(0)));
        await(sleep(ms(1)));
        lock.release();
        e.cancel();
        await(waitOn(List.of(d, e), ReturnWhen.ALL_COMPLETED));
        log("locked", lock.isLocked());
        return Coroutine.done();
    }
}
