package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitOn;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.ReturnWhen;
import io.github.jasyncio.Task;
import io.github.jasyncio.sync.LifoQueue;
import io.github.jasyncio.sync.PriorityQueue;
import io.github.jasyncio.sync.Queue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

class QueueKindsTest extends Twin {

    @Async
    private Coroutine<Void> worker(String name, Queue<Integer> queue) {
        while (true) {
            int item = await(queue.get());
            log(name, "works on", item, "left", queue.size());
            await(sleep(ms(5)));
            queue.taskDone();
        }
    }

    @Async
    @Override
    Coroutine<Void> main() {
        List<Supplier<Queue<Integer>>> kinds = List.of(PriorityQueue::new, LifoQueue::new, Queue::new);
        for (Supplier<Queue<Integer>> kind : kinds) {
            Queue<Integer> queue = kind.get();
            for (int i : new int[] {5, 1, 4, 2, 3}) {
                queue.putNowait(i);
            }
            List<Integer> items = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                items.add(queue.getNowait());
            }
            log(items);
        }
        Queue<Integer> queue = new PriorityQueue<>();
        log("join of a new queue", await(queue.join()));
        List<Task<Void>> workers = new ArrayList<>();
        for (String n : List.of("a", "b")) {
            workers.add(createTask(worker(n, queue), n));
        }
        await(sleep(ms(0)));
        for (int i : new int[] {3, 1, 2}) {
            queue.putNowait(i);
        }
        Task<Void> j = createTask(queue.join(), "j");
        await(sleep(ms(6)));
        queue.putNowait(0);
        log("j done", j.isDone());
        await(queue.join());
        log("joined; j done", j.isDone());
        attemptCall("task_done", queue::taskDone);
        for (Task<Void> w : workers) {
            w.cancel();
        }
        await(waitOn(workers, ReturnWhen.ALL_COMPLETED));
        return Coroutine.done();
    }
}
