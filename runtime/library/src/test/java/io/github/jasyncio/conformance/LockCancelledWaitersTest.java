package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitOn;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.ReturnWhen;
import io.github.jasyncio.Task;
import io.github.jasyncio.sync.Lock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

class LockCancelledWaitersTest extends Twin {

    @Async
    private Coroutine<Void> worker(String name, Lock lock) {
        try {
            await(lock.acquire());
        } catch (CancelledError e) {
            log(name, "cancelled; locked", lock.isLocked());
            throw e;
        }
        log(name, "has");
        await(sleep(ms(0)));
        lock.release();
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> scenario(String what, List<String> victims, boolean releaseFirst) {
        log(what);
        Lock lock = new Lock();
        await(lock.acquire());
        Map<String, Task<Void>> tasks = new LinkedHashMap<>();
        for (String n : List.of("a", "b", "c")) {
            tasks.put(n, createTask(worker(n, lock), n));
        }
        await(sleep(ms(1)));
        if (releaseFirst) {
            lock.release();
        }
        for (String v : victims) {
            Objects.requireNonNull(tasks.get(v)).cancel();
        }
        if (!releaseFirst) {
            lock.release();
        }
        log("main asks again; locked", lock.isLocked());
        await(lock.acquire());
        log("main has it");
        lock.release();
        await(waitOn(tasks.values(), ReturnWhen.ALL_COMPLETED));
        log("locked", lock.isLocked());
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        await(scenario("b cancelled while waiting", List.of("b"), false));
        await(scenario("a chosen, then cancelled", List.of("a"), true));
        await(scenario("all cancelled, then released", List.of("a", "b", "c"), false));
        await(scenario("released, then all cancelled", List.of("a", "b", "c"), true));
        return Coroutine.done();
    }
}
