package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.runCoroutineThreadsafe;
import static io.github.jasyncio.Asyncio.sleep;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * run_coroutine_threadsafe from another thread: result, failure and cancellation cross over, both ways.
 */
class ThreadsafeCoroutineTest extends Twin {

    @Async
    private Coroutine<String> job(String how) {
        log("job", how, "in a task", currentTask() != null);
        if (how.equals("fails")) {
            throw new Boom("job");
        }
        if (how.equals("waits")) {
            try {
                await(getRunningLoop().createFuture());
            } finally {
                log("cancelled from the thread");
            }
        }
        if (how.equals("cancels itself")) {
            throw new CancelledError();
        }
        return Coroutine.of(how);
    }

    private void onThread(EventLoop loop, String how, Future<Void> goOn, List<Object> seen, List<Boolean> logCancel) {
        try {
            CompletableFuture<String> future = runCoroutineThreadsafe(job(how), loop);
            if (how.equals("waits")) {
                runCoroutineThreadsafe(sleep(ms(0)), loop).get();
                logCancel.add(future.cancel(false));
            }
            try {
                seen.add(future.get(10, TimeUnit.SECONDS));
            } catch (CancellationException e) {
                seen.add("CancelledError");
            } catch (ExecutionException e) {
                seen.add(requireNonNull(e.getCause()));
            }
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            seen.add(e);
        }
        loop.callSoonThreadsafe(() -> goOn.setResult(null));
    }

    @Async
    @Override
    Coroutine<Void> main() throws InterruptedException {
        EventLoop loop = getRunningLoop();
        List<Object> seen = new ArrayList<>();
        List<Boolean> logCancel = new ArrayList<>();

        for (String how : List.of("ends", "fails", "waits", "cancels itself")) {
            Future<Void> goOn = loop.createFuture();
            Thread t = new Thread(() -> onThread(loop, how, goOn, seen, logCancel));
            t.start();
            await(goOn);
            t.join();
        }
        await(sleep(ms(0)));
        log(seen, logCancel);
        return Coroutine.done();
    }
}
