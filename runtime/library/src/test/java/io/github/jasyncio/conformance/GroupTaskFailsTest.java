package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.taskGroup;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.ExceptionGroup;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A task fails: the others and the body are cancelled, and when all have ended the failure arrives in an
 * ExceptionGroup. The body's own CancelledError does not show outside, and the parent's count is back at zero.
 */
class GroupTaskFailsTest extends Twin {

    @Async
    private Coroutine<Void> job(String name, Duration delay, boolean fails) {
        try {
            await(sleep(delay));
            log(name, fails ? "fails" : "ends");
            if (fails) {
                throw new Boom(name);
            }
        } catch (CancelledError e) {
            log(name, "gets", e);
            await(sleep(ms(5)));
            log(name, "leaves");
            throw e;
        }
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Task<?> me = requireNonNull(currentTask());
        List<Task<Void>> tasks = new ArrayList<>();
        try {
            await(taskGroup(group -> {
                tasks.add(group.createTask(job("slow", ms(50), false)));
                tasks.add(group.createTask(job("bad", ms(10), true)));
                tasks.add(group.createTask(job("quick", ms(5), false)));
                try {
                    await(sleep(ms(30)));
                    log("never here");
                } catch (CancelledError e) {
                    log("body gets", e, "cancelling", me.cancelling());
                    throw e;
                }
                return Coroutine.done();
            }));
        } catch (ExceptionGroup e) {
            log(
                    e,
                    "cancelling",
                    me.cancelling(),
                    "tasks cancelled",
                    tasks.stream().map(Task::isCancelled).toList());
        }

        try {
            await(taskGroup(group -> {
                group.createTask(job("late", ms(20), true));
                group.createTask(job("other", ms(50), false));
                log("body ends first");
                return Coroutine.done();
            }));
        } catch (ExceptionGroup e) {
            log(e, "cancelling", me.cancelling());
        }
        await(sleep(ms(1)));
        log("end");
        return Coroutine.done();
    }
}
