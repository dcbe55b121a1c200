package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.taskGroup;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.ExceptionGroup;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Several failures are collected in the order in which the tasks ended: at the same instant, and out of clean-ups.
 */
class GroupManyFailTest extends Twin {

    private record Spec(
            String name,
            Duration delay,
            boolean fails,
            @Nullable Duration cleanup) {

        Spec(String name, Duration delay, boolean fails) {
            this(name, delay, fails, null);
        }
    }

    @Async
    private Coroutine<Void> job(String name, Duration delay, boolean fails, @Nullable Duration cleanup) {
        try {
            await(sleep(delay));
        } catch (CancelledError e) {
            if (cleanup != null) {
                await(sleep(cleanup));
                log(name, "fails while leaving");
                throw new Boom(name);
            }
            log(name, "leaves");
            throw e;
        }
        log(name, fails ? "fails" : "ends");
        if (fails) {
            throw new Boom(name);
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> attemptGroup(Spec... specs) {
        try {
            await(taskGroup(group -> {
                for (Spec s : specs) {
                    group.createTask(job(s.name(), s.delay(), s.fails(), s.cleanup()), s.name());
                }
                return Coroutine.done();
            }));
        } catch (ExceptionGroup e) {
            log(e);
        }
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        await(attemptGroup(new Spec("a", ms(10), true), new Spec("b", ms(10), true), new Spec("c", ms(11), true)));
        await(attemptGroup(
                new Spec("d", ms(50), false, ms(10)),
                new Spec("e", ms(50), false, ms(5)),
                new Spec("f", ms(10), true),
                new Spec("g", ms(50), false)));
        await(attemptGroup(new Spec("h", ms(0), true), new Spec("i", ms(0), true)));
        await(attemptGroup(new Spec("j", ms(0), true), new Spec("k", ms(10), false)));
        return Coroutine.done();
    }
}
