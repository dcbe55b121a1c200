package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.taskGroup;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.ExceptionGroup;
import io.github.jasyncio.TaskGroup;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group takes tasks while it runs and until its last task has ended; not before, not while it shuts down, not
 * after. A refused coroutine never runs.
 */
class GroupMisuseTest extends Twin {

    private @Nullable TaskGroup group;

    @Override
    List<String> withoutTwin() {
        return List.of("0 add before raised RuntimeError");
    }

    private TaskGroup group() {
        return requireNonNull(group);
    }

    @Async
    private Coroutine<Void> job(String name, Duration delay, boolean fails) {
        try {
            log(name, "starts");
            await(sleep(delay));
            if (fails) {
                throw new Boom(name);
            }
        } catch (CancelledError e) {
            log(name, "cancelled");
            attemptCall(
                    "add while shutting down",
                    () -> group().createTask(job("refused", ms(0), false)).getName());
            throw e;
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> adds(Duration delay) {
        await(sleep(delay));
        attemptCall(
                "add while the group waits",
                () -> group().createTask(job("late one", ms(0), false), "late one")
                        .getName());
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        // "add before" has no twin: who has a group is inside of it.
        await(taskGroup(entered -> {
            group = entered;
            entered.createTask(adds(ms(10)));
            return Coroutine.done();
        }));
        attemptCall(
                "add after",
                () -> group().createTask(job("refused", ms(0), false)).getName());
        try {
            await(taskGroup(entered -> {
                group = entered;
                entered.createTask(job("a", ms(10), true));
                entered.createTask(job("b", ms(50), false));
                return Coroutine.done();
            }));
        } catch (ExceptionGroup e) {
            log(e);
        }
        return Coroutine.done();
    }
}
