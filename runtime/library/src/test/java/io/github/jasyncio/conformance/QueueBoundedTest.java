package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitOn;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.ReturnWhen;
import io.github.jasyncio.Task;
import io.github.jasyncio.sync.Queue;
import java.util.ArrayList;
import java.util.List;

class QueueBoundedTest extends Twin {

    @Async
    private Coroutine<Void> producer(String name, Queue<Object> queue, int n) {
        for (int i = 0; i < n; i++) {
            await(queue.put(name + i));
            log(name, "has put", i, "size", queue.size());
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> consumer(String name, Queue<Object> queue, int n) {
        for (int i = 0; i < n; i++) {
            log(name, "takes", await(queue.get()));
            await(sleep(ms(0)));
        }
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Queue<Object> queue = new Queue<>(2);
        log("empty", queue.isEmpty(), "full", queue.isFull(), "max", queue.maxSize());
        List<Task<Void>> tasks = List.of(
                createTask(producer("a", queue, 3)),
                createTask(producer("b", queue, 3)),
                createTask(consumer("x", queue, 3)),
                createTask(consumer("y", queue, 3)));
        await(waitOn(tasks, ReturnWhen.ALL_COMPLETED));
        attemptCall("get_nowait", queue::getNowait);
        queue.putNowait(1);
        queue.putNowait(2);
        attemptCall("put_nowait", () -> queue.putNowait(3));
        log("full", queue.isFull(), queue.getNowait(), queue.getNowait());
        Queue<Object> unbounded = new Queue<>();
        for (int i = 0; i < 5; i++) {
            await(unbounded.put(i));
        }
        log("size", unbounded.size(), "full", unbounded.isFull());
        List<Task<Void>> getters = new ArrayList<>();
        for (String n : List.of("p", "q", "r")) {
            getters.add(createTask(consumer(n, queue, 1)));
        }
        await(sleep(ms(0)));
        queue.putNowait("first");
        queue.putNowait("second");
        attemptCall("full, though two are waiting for it", () -> queue.putNowait("third"));
        await(sleep(ms(0)));
        await(queue.put("third"));
        await(waitOn(getters, ReturnWhen.ALL_COMPLETED));
        return Coroutine.done();
    }
}
