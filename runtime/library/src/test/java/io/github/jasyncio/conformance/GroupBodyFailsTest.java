package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.taskGroup;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * The body raises: the tasks are cancelled, their end is awaited, and the body's failure comes last in the group,
 * behind those of tasks.
 */
class GroupBodyFailsTest extends Twin {

    @Async
    private Coroutine<Void> job(String name, boolean fails) {
        log(name, "starts");
        try {
            await(sleep(ms(50)));
        } catch (CancelledError e) {
            log(name, "cancelled");
            await(sleep(ms(5)));
            if (fails) {
                throw new Boom(name);
            }
            throw e;
        }
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        for (boolean[] pair : new boolean[][] {{false, true}, {true, true}, {false, false}}) {
            boolean fails = pair[0];
            boolean waitFirst = pair[1];
            try {
                await(taskGroup(group -> {
                    group.createTask(job("a", fails));
                    group.createTask(job("b", false));
                    if (waitFirst) {
                        await(sleep(ms(10)));
                    }
                    log("body raises");
                    throw new Boom("body");
                }));
            } catch (Throwable e) {
                log(e, "cancelling", requireNonNull(currentTask()).cancelling());
            }
        }
        try {
            await(taskGroup(group -> {
                throw new Boom("alone");
            }));
        } catch (Throwable e) {
            log(e);
        }
        List<Task<Void>> t = new ArrayList<>();
        try {
            await(taskGroup(group -> {
                t.add(group.createTask(job("c", false)));
                await(sleep(ms(0)));
                throw new CancelledError("the body's own");
            }));
        } catch (Throwable e) {
            log(e, "c cancelled", t.get(0).isCancelled());
        }
        return Coroutine.done();
    }
}
