package io.github.jasyncio.samples.basics;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.time.Duration;

/** Cancelling a task throws {@link CancelledError} at the await where it stands: it can clean up, and passes the error on. */
final class Cancelling {

    private Cancelling() {}

    public static void main(String... args) {
        run(program());
    }

    @Async
    static Coroutine<Void> program() {
        Task<Void> task = createTask(countForever());
        await(sleep(Duration.ofMillis(10)));
        System.out.println("before:        isDone " + task.isDone());

        task.cancel();
        System.out.println("after cancel:  isDone " + task.isDone() + ", for it has not had its turn yet");
        try {
            await(task);
        } catch (CancelledError e) {
            System.out.println("awaiting it threw CancelledError");
        }
        System.out.println("then:          isDone " + task.isDone() + ", isCancelled " + task.isCancelled());
        System.out.println("cancelling what is done gives " + task.cancel());
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> countForever() {
        try {
            for (int i = 1; ; i++) {
                System.out.println("  counting: " + i);
                await(sleep(Duration.ofHours(1)));
            }
        } catch (CancelledError e) {
            System.out.println("  cancelled: cleans up");
            throw e;
        } finally {
            System.out.println("  finally");
        }
    }
}
