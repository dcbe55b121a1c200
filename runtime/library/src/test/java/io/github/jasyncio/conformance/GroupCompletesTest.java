package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.taskGroup;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import io.github.jasyncio.TaskGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group is left when its last task has ended, also one that another task added meanwhile. Nobody's cancellation
 * count changes.
 */
class GroupCompletesTest extends Twin {

    @Async
    private Coroutine<String> job(String name, Duration delay, @Nullable TaskGroup group) {
        log(name, "starts");
        await(sleep(delay));
        if (group != null) {
            group.createTask(job(name + "'s child", ms(15), null), name + "'s child");
        }
        log(name, "ends");
        return Coroutine.of(name);
    }

    @Async
    @Override
    Coroutine<Void> main() {
        List<Task<String>> made = new ArrayList<>();
        await(taskGroup(group -> {
            Task<String> a = group.createTask(job("a", ms(20), null), "a");
            made.add(a);
            made.add(group.createTask(job("b", ms(10), group), "b"));
            log("body ends; a done", a.isDone());
            return Coroutine.done();
        }));
        log(
                "left",
                made.get(0).result(),
                made.get(1).result(),
                "cancelling",
                requireNonNull(currentTask()).cancelling());

        await(taskGroup(group -> {
            Task<String> c = group.createTask(job("c", ms(0), null));
            log("awaited in the body:", await(c));
            await(sleep(ms(5)));
            return Coroutine.done();
        }));
        log("left without waiting");
        await(taskGroup(group -> Coroutine.done()));
        log("empty group");
        return Coroutine.done();
    }
}
