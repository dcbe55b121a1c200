package io.github.jasyncio.debug;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.List;

/** Ends in debug mode while tasks are pending: by a call of its own in one of them, by being terminated, or because it leaves its loop as it is. */
final class PendingProgram {

    private PendingProgram() {}

    @Async
    static Coroutine<Void> inner(Future<Void> never) {
        await(never); // inner waits
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> outer(Future<Void> never) {
        await(inner(never)); // outer waits
        return Coroutine.done();
    }

    private static List<Task<Void>> spawn(EventLoop loop) {
        Future<Void> never = loop.createFuture();
        return List.of(
                loop.createTask(outer(never), "a"),
                loop.createTask(outer(never), "b"),
                loop.createTask(inner(never), "c"));
    }

    @Async
    static Coroutine<Void> program(boolean exits) {
        List<Task<Void>> tasks = spawn(getRunningLoop());
        await(sleep(Duration.ofMillis(1)));
        if (exits) {
            System.exit(0); // ends the JVM
        }
        getRunningLoop().callLater(Duration.ofHours(1), () -> {}); // or it would say that it stands still
        createTask(tells(), "tells");
        await(tasks.get(0)); // the program waits
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> tells() {
        System.out.println("ready");
        return Coroutine.done();
    }

    public static void main(String[] how) {
        if (!how[0].equals("leaves")) {
            run(program(how[0].equals("exits")), true);
            return;
        }
        EventLoop left = EventLoop.builder().debug(true).build();
        spawn(left);
        left.callLater(Duration.ofMillis(1), left::stop);
        left.runForever();
    }
}
