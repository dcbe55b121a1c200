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
import java.time.Duration;

/**
 * Groups in groups: a failure inside cancels the inner group only, and reaches the outer one as the failure of a task
 * or of the body.
 */
class GroupNestedTest extends Twin {

    @Async
    private Coroutine<Void> job(String name, Duration delay, boolean fails) {
        try {
            await(sleep(delay));
            log(name, fails ? "fails" : "ends");
        } catch (CancelledError e) {
            log(name, "cancelled");
            throw e;
        }
        if (fails) {
            throw new Boom(name);
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> inner(String name) {
        await(taskGroup(group -> {
            group.createTask(job(name + "1", ms(10), true));
            group.createTask(job(name + "2", ms(30), false));
            return Coroutine.done();
        }));
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        try {
            await(taskGroup(outer -> {
                outer.createTask(job("o", ms(50), false));
                outer.createTask(inner("i"));
                await(sleep(ms(40)));
                return Coroutine.done();
            }));
        } catch (ExceptionGroup e) {
            log(e);
        }
        try {
            await(taskGroup(outer -> {
                outer.createTask(job("p", ms(50), false));
                try {
                    await(inner("j"));
                } catch (ExceptionGroup e) {
                    log("handled in the body:", e);
                }
                await(sleep(ms(5)));
                log("outer goes on; cancelling", requireNonNull(currentTask()).cancelling());
                return Coroutine.done();
            }));
        } catch (ExceptionGroup e) {
            log("never here", e);
        }
        try {
            await(taskGroup(outer -> {
                outer.createTask(job("q", ms(10), true));
                await(taskGroup(group -> {
                    group.createTask(job("r", ms(50), false));
                    return Coroutine.done();
                }));
                return Coroutine.done();
            }));
        } catch (ExceptionGroup e) {
            log(e, "cancelling", requireNonNull(currentTask()).cancelling());
        }
        return Coroutine.done();
    }
}
