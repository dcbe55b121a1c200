package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitOn;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.ReturnWhen;
import io.github.jasyncio.Task;
import io.github.jasyncio.sync.Condition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

class ConditionNotifyTest extends Twin {

    @Async
    private Coroutine<Void> waiter(String name, Condition cond) {
        await(cond.acquire());
        try {
            log(name, "waits");
            log(name, await(cond.waitOn()), "locked", cond.isLocked());
            await(sleep(ms(1)));
            log(name, "leaves");
        } finally {
            cond.release();
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> consumer(String name, Condition cond, Deque<String> items) {
        await(cond.acquire());
        try {
            AtomicReference<String> found = new AtomicReference<>();
            await(cond.waitFor(() -> {
                found.set(items.pollLast());
                return found.get() != null;
            }));
            log(name, "gets", found.get());
        } finally {
            cond.release();
        }
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Condition cond = new Condition();
        List<Task<Void>> tasks = new ArrayList<>();
        for (String n : List.of("a", "b", "c", "d", "e")) {
            tasks.add(createTask(waiter(n, cond), n));
        }
        await(sleep(ms(1)));
        for (int n : new int[] {2, 1, 0}) {
            await(cond.acquire());
            try {
                cond.notify(n);
                log("notified", n);
                await(sleep(ms(2)));
                log("still mine");
            } finally {
                cond.release();
            }
            await(sleep(ms(10)));
        }
        await(cond.acquire());
        try {
            cond.notifyAllWaiters();
            log("notified all");
        } finally {
            cond.release();
        }
        await(waitOn(tasks, ReturnWhen.ALL_COMPLETED));
        attemptCall("notify without the lock", () -> cond.notify(1));
        await(attempt("wait without the lock", cond.waitOn()));
        Deque<String> items = new ArrayDeque<>();
        List<Task<Void>> consumers = new ArrayList<>();
        for (String n : List.of("x", "y")) {
            consumers.add(createTask(consumer(n, cond, items)));
        }
        for (int i = 0; i < 2; i++) {
            await(sleep(ms(5)));
            await(cond.acquire());
            try {
                items.addLast("item " + i);
                cond.notifyAllWaiters();
            } finally {
                cond.release();
            }
        }
        await(waitOn(consumers, ReturnWhen.ALL_COMPLETED));
        return Coroutine.done();
    }
}
