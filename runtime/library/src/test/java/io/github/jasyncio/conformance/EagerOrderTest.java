package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.taskGroup;
import static io.github.jasyncio.Asyncio.waitFor;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Task;
import io.github.jasyncio.TaskFactory;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * With the eager factory a task runs at its making up to its first suspension; one that needs none is done at once,
 * and never sees the queue.
 */
class EagerOrderTest extends Twin {

    private @Nullable Task<?> maker;

    @Async
    private Coroutine<String> job(String name, Duration... delays) {
        Task<?> me = requireNonNull(currentTask());
        log(name, "starts; current", me != maker);
        for (Duration d : delays) {
            await(sleep(d));
            log(name, "goes on");
        }
        return Coroutine.of(name);
    }

    @Async
    @Override
    Coroutine<Void> main() {
        maker = requireNonNull(currentTask());
        EventLoop loop = getRunningLoop();
        loop.setTaskFactory(TaskFactory.EAGER);
        loop.callSoon(() -> log("a turn of the loop"));
        Task<String> a = createTask(job("a"));
        log("made a; done", a.isDone(), "current is main", currentTask() == maker);
        a.addDoneCallback(t -> log("a's callback"));
        Task<String> b = createTask(job("b", ms(0)));
        log("made b; done", b.isDone());
        log("a gives", await(a)); // no suspension
        log("b gives", await(b));
        log("gather", await(gather(job("c"), job("d")))); // both done at once: no suspension
        log("gather", await(gather(job("e", ms(0)), job("f"))));
        log("wait_for", await(waitFor(job("g"), ms(0))));
        await(taskGroup(group -> {
            Task<String> h = group.createTask(job("h"));
            Task<String> i = group.createTask(job("i", ms(1)));
            log("made h and i; done", h.isDone(), i.isDone());
            return Coroutine.done();
        }));
        loop.setTaskFactory(null);
        Task<String> j = createTask(job("j"));
        log("made j, not eager; done", j.isDone());
        await(j);
        return Coroutine.done();
    }
}
