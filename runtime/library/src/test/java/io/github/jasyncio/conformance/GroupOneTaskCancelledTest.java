package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.taskGroup;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task of a group that is cancelled by somebody, or that swallows its cancellation, is no failure: the group does
 * not mind.
 */
class GroupOneTaskCancelledTest extends Twin {

    @Async
    private Coroutine<@Nullable String> job(String name, Duration delay, String how) {
        try {
            await(sleep(delay));
            log(name, "ends");
        } catch (CancelledError e) {
            log(name, how);
            if (how.equals("leaves")) {
                throw e;
            }
            await(sleep(ms(5)));
            return Coroutine.of("stayed");
        }
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        List<Task<@Nullable String>> made = new ArrayList<>();
        await(taskGroup(group -> {
            Task<@Nullable String> a = group.createTask(job("a", ms(50), "leaves"), "a");
            made.add(a);
            group.createTask(job("b", ms(20), "leaves"), "b");
            await(sleep(ms(10)));
            a.cancel();
            await(sleep(ms(0)));
            log("body goes on");
            return Coroutine.done();
        }));
        log("left; a cancelled", made.get(0).isCancelled());
        try {
            await(taskGroup(group -> {
                Task<@Nullable String> c = group.createTask(job("c", ms(50), "leaves"), "c");
                group.createTask(job("d", ms(30), "leaves"), "d");
                getRunningLoop().callLater(ms(10), c::cancel);
                await(c);
                return Coroutine.done();
            }));
        } catch (CancelledError e) {
            log("awaiting a cancelled task in the body is the body's cancellation");
        }
        await(taskGroup(group -> {
            Task<@Nullable String> e = group.createTask(job("e", ms(50), "stays"), "e");
            made.add(e);
            getRunningLoop().callLater(ms(10), e::cancel);
            return Coroutine.done();
        }));
        log("e", made.get(1).result());
        return Coroutine.done();
    }
}
