package io.github.jasyncio.room;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.sync.Event;
import io.github.jasyncio.sync.Queue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Wakes those who wait when there is no memory into which the ready queue could grow, and says how many go on when there is some again. */
final class FullMemoryProgram {

    private static final int BLOCK = 64 * 1024;

    /** So many entries that a queue for twice as many takes more than a block. */
    private static final int ENTRIES = 60_000;

    private int ended;

    private FullMemoryProgram() {}

    @Async
    private Coroutine<Void> ends(Awaitable<?> awaited) {
        await(awaited);
        ended++;
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> program() {
        EventLoop loop = getRunningLoop();
        Future<Integer> future = loop.createFuture();
        createTask(ends(future));
        createTask(ends(future));
        Queue<Integer> queue = new Queue<>();
        createTask(ends(queue.get()));
        Event event = new Event();
        createTask(ends(event.waitOn()));
        await(sleep(Duration.ZERO));
        await(sleep(Duration.ZERO));

        List<byte[]> filling = fill(loop);
        future.setResult(1);
        queue.putNowait(1);
        event.set();
        filling.clear();
        for (int turn = 0; turn < 5; turn++) {
            await(sleep(Duration.ZERO));
        }

        System.out.println(ended + " of 4 go on");
        return Coroutine.done();
    }

    private static void nothing() {}

    /** Fills the memory, and then the ready queue. */
    private static List<byte[]> fill(EventLoop loop) {
        List<byte[]> filling = new ArrayList<>(100_000);
        for (int i = 0; i < ENTRIES; i++) {
            loop.callSoon(FullMemoryProgram::nothing);
        }
        try {
            while (true) {
                filling.add(new byte[BLOCK]);
            }
        } catch (OutOfMemoryError e) {
            // That was the aim.
        }
        try {
            while (true) {
                loop.callSoon(FullMemoryProgram::nothing);
            }
        } catch (OutOfMemoryError e) {
            return filling;
        }
    }

    public static void main(String[] none) {
        run(new FullMemoryProgram().program());
    }
}
