package io.github.jasyncio.samples.basics;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.time.Duration;

/** Coroutines that are awaited run one after the other; tasks run together, on the same thread, while others wait. */
final class Together {

    private Together() {}

    public static void main(String... args) {
        run(program());
    }

    @Async
    static Coroutine<Void> program() {
        System.out.println("one after the other:");
        await(cook("eggs", 20));
        await(cook("toast", 10));

        System.out.println("together:");
        Task<String> eggs = createTask(cook("eggs", 20));
        Task<String> toast = createTask(cook("toast", 10));
        System.out.println("  tasks are made, and begin when this one waits");
        System.out.println("  breakfast: " + await(eggs) + ", " + await(toast));

        System.out.println("together, with gather, which keeps the order of its arguments:");
        System.out.println("  breakfast: " + await(gather(cook("eggs", 20), cook("toast", 10), cook("tea", 15))));
        return Coroutine.done();
    }

    @Async
    static Coroutine<String> cook(String what, int millis) {
        System.out.println("  " + what + " on");
        await(sleep(Duration.ofMillis(millis)));
        System.out.println("  " + what + " ready");
        return Coroutine.of("fresh " + what);
    }
}
