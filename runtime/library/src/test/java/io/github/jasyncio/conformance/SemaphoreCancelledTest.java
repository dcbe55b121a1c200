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
import io.github.jasyncio.sync.Semaphore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

class SemaphoreCancelledTest extends Twin {

    @Async
    private Coroutine<Void> worker(String name, Semaphore sem) {
        try {
            await(sem.acquire());
        } catch (CancelledError e) {
            log(name, "cancelled");
            throw e;
        }
        log(name, "in");
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> scenario(String what, int releases, List<String> victims, boolean cancelFirst) {
        Semaphore sem = new Semaphore(0);
        Map<String, Task<Void>> tasks = new LinkedHashMap<>();
        for (String n : List.of("a", "b", "c", "d")) {
            tasks.put(n, createTask(worker(n, sem), n));
        }
        await(sleep(ms(0)));
        log(what);
        if (cancelFirst) {
            for (String v : victims) {
                Objects.requireNonNull(tasks.get(v)).cancel();
            }
        }
        for (int i = 0; i < releases; i++) {
            sem.release();
        }
        if (!cancelFirst) {
            for (String v : victims) {
                Objects.requireNonNull(tasks.get(v)).cancel();
            }
        }
        await(sleep(ms(1)));
        log("waiting", names(tasks.values().stream().filter(t -> !t.isDone()).toList()), "locked", sem.isLocked());
        for (Task<Void> t : tasks.values()) {
            t.cancel();
        }
        await(waitOn(tasks.values(), ReturnWhen.ALL_COMPLETED));
        log("locked in the end", sem.isLocked());
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        await(scenario("chosen, then cancelled", 1, List.of("a"), false));
        await(scenario("two chosen, then cancelled", 2, List.of("a", "b"), false));
        await(scenario("cancelled, then released", 2, List.of("a", "c"), true));
        await(scenario("all cancelled, then released", 2, List.of("a", "b", "c", "d"), true));
        await(scenario("released, then all cancelled", 3, List.of("a", "b", "c", "d"), false));
        return Coroutine.done();
    }
}
