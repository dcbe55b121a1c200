package io.github.jasyncio.debug;

import static io.github.jasyncio.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import io.github.jasyncio.TimerHandle;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Calls that belong to the loop's thread, made on another. */
class WrongThreadTest extends DebugTest {

    private final Future<Integer> future = loop.createFuture();
    private final Task<Void> task = loop.createTask(sleep(Duration.ofDays(1)));
    private final TimerHandle timer = loop.callLater(Duration.ofDays(1), () -> {});

    @Test
    void is_refused_with_the_names_of_both_threads_and_the_remedy() throws Exception {
        Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put("callSoon", () -> loop.callSoon(() -> {}));
        calls.put("callLater", () -> loop.callLater(Duration.ZERO, () -> {}));
        calls.put("callAt", () -> loop.callAt(0, () -> {}));
        calls.put("createTask", () -> loop.createTask(Coroutine.done()));
        calls.put("runInExecutor", () -> loop.runInExecutor(null, () -> 1));
        calls.put("stop", loop::stop);
        calls.put("setResult", () -> future.setResult(1));
        calls.put("setException", () -> future.setException(new IllegalStateException()));
        calls.put("cancel", future::cancel);
        calls.put("addDoneCallback", () -> future.addDoneCallback(done -> {}));
        calls.put("removeDoneCallback", () -> future.removeDoneCallback(done -> {}));
        calls.put("Task.cancel", task::cancel);
        calls.put("TimerHandle.cancel", timer::cancel);
        try (SelectableChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            calls.put("addReader", () -> loop.addReader(channel, () -> {}));
            calls.put("addWriter", () -> loop.addWriter(channel, () -> {}));
            Map<String, String> refusals = new LinkedHashMap<>();

            loop.callSoon(() ->
                    onAnotherThread(() -> calls.forEach((name, call) -> refusals.put(name, refusal(call)))));
            turns(1);

            assertThat(refusals).hasSameSizeAs(calls);
            String here = Thread.currentThread().getName();
            refusals.forEach((name, refusal) -> assertThat(refusal)
                    .isEqualTo(name.substring(name.indexOf('.') + 1)
                            + " called on thread 'foreign', but <EventLoop running=true closed=false debug=true> runs on '"
                            + here + "'; use callSoonThreadsafe from other threads"));
            assertThat(future.isDone() || task.isCancelled() || timer.isCancelled())
                    .isFalse();
        } finally {
            task.cancel();
            turns(2);
        }
    }

    @Test
    void what_is_meant_for_other_threads_is_accepted() {
        CompletableFuture<Void> stage = task.toCompletableFuture();
        loop.callSoon(() -> onAnotherThread(() -> {
            loop.callSoonThreadsafe(() -> future.setResult(1));
            stage.cancel(false);
        }));

        assertThat(loop.runUntilComplete(future)).isEqualTo(1);
        turns(2);

        assertThat(task.isCancelled()).isTrue();
        assertThat(log.messages()).isEmpty();
    }

    private static String refusal(Runnable call) {
        try {
            call.run();
            return "accepted";
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void onAnotherThread(Runnable calls) {
        Thread thread = new Thread(calls, "foreign");
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
