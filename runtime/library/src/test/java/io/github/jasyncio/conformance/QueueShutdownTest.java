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
import io.github.jasyncio.sync.QueueShutDownException;
import java.util.ArrayList;
import java.util.List;

class QueueShutdownTest extends Twin {

    @Async
    private Coroutine<Void> getter(String name, Queue<String> queue) {
        try {
            while (true) {
                log(name, "takes", await(queue.get()));
                await(sleep(ms(1)));
                queue.taskDone();
            }
        } catch (QueueShutDownException e) {
            log(name, "gets", e);
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> putter(String name, Queue<String> queue) {
        try {
            await(queue.put(name));
            log(name, "has put");
        } catch (QueueShutDownException e) {
            log(name, "gets", e);
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> joins(Queue<String> queue) {
        await(queue.join());
        log("joined");
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        for (boolean immediate : new boolean[] {false, true}) {
            log("immediate", immediate);
            Queue<String> queue = new Queue<>(2);
            queue.putNowait("x");
            queue.putNowait("y");
            List<Task<Void>> tasks = new ArrayList<>();
            for (String n : List.of("a", "b")) {
                tasks.add(createTask(putter(n, queue)));
            }
            tasks.add(createTask(joins(queue)));
            await(sleep(ms(0)));
            queue.shutdown(immediate);
            log("size", queue.size());
            attemptCall("put_nowait", () -> queue.putNowait("z"));
            tasks.add(createTask(getter("g", queue)));
            await(waitOn(tasks, ReturnWhen.ALL_COMPLETED));
            attemptCall("get_nowait", queue::getNowait);
            queue.shutdown(immediate);
        }
        Queue<String> queue = new Queue<>();
        List<Task<Void>> tasks = new ArrayList<>();
        for (String n : List.of("h", "i")) {
            tasks.add(createTask(getter(n, queue)));
        }
        await(sleep(ms(0)));
        queue.putNowait("last");
        queue.shutdown();
        await(waitOn(tasks, ReturnWhen.ALL_COMPLETED));
        return Coroutine.done();
    }
}
