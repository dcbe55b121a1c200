package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.taskGroup;
import static io.github.jasyncio.Asyncio.waitFor;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import io.github.jasyncio.sync.Queue;
import io.github.jasyncio.sync.Semaphore;
import java.util.ArrayList;
import java.util.List;

class MixProducerConsumerTest extends Twin {

    @Async
    private Coroutine<Void> producer(String name, Queue<String> queue, int n) {
        for (int i = 0; i < n; i++) {
            await(sleep(ms(3)));
            await(queue.put(name + i));
        }
        log(name, "has made all");
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> worker(String name, Queue<String> queue, Semaphore sem, List<String> done) {
        try {
            while (true) {
                String item = await(queue.get());
                try {
                    await(sem.acquire());
                    try {
                        await(waitFor(sleep(item.endsWith("1") ? ms(12) : ms(4)), ms(10)));
                        log(name, "did", item);
                        done.add(item);
                    } finally {
                        sem.release();
                    }
                } catch (AsyncTimeoutException e) {
                    log(name, "gave up on", item);
                } finally {
                    queue.taskDone();
                }
            }
        } finally {
            log(name, "leaves");
        }
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Queue<String> queue = new Queue<>(2);
        Semaphore sem = new Semaphore(2);
        List<String> done = new ArrayList<>();
        await(taskGroup(group -> {
            List<Task<Void>> workers = new ArrayList<>();
            for (String n : List.of("x", "y", "z")) {
                workers.add(group.createTask(worker(n, queue, sem, done), n));
            }
            await(taskGroup(producers -> {
                for (String n : List.of("a", "b")) {
                    producers.createTask(producer(n, queue, 4));
                }
                return Coroutine.done();
            }));
            log("all put; left", queue.size());
            await(queue.join());
            log("all done");
            for (Task<Void> w : workers) {
                w.cancel();
            }
            return Coroutine.done();
        }));
        log(done.stream().sorted().toList());
        return Coroutine.done();
    }
}
