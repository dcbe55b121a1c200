package io.github.jasyncio.internal.functions;

import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.TimerHandle;
import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Frame;
import io.github.jasyncio.internal.Log;
import io.github.jasyncio.internal.loop.DefaultExecutor;
import io.github.jasyncio.internal.loop.LoopDoor;
import io.github.jasyncio.internal.loop.OutsideWork;
import io.github.jasyncio.internal.loop.Outsider;
import io.github.jasyncio.internal.loop.Outsiders;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Shuts down a loop's default executor. Semantics: {@code loop.shutdown_default_executor}. */
public final class ShutDownExecutor extends Frame<Void> implements Outsider {

    private final EventLoop loop;
    private final OutsideWork outsideWork;
    private final DefaultExecutor defaultExecutor;
    private final @Nullable Duration timeout;
    private @Nullable TimerHandle timer;
    private @Nullable Thread waiter;
    private Outsiders.@Nullable Place place;

    /** Makes one that has not run. */
    public ShutDownExecutor(
            EventLoop loop, OutsideWork outsideWork, DefaultExecutor defaultExecutor, @Nullable Duration timeout) {
        this.outsideWork = outsideWork;
        this.loop = loop;
        this.defaultExecutor = defaultExecutor;
        this.timeout = timeout;
    }

    @Override
    public @Nullable Object start(Execution execution) {
        return startInPlace(execution);
    }

    @Override
    public @Nullable Object startInPlace(Execution execution) {
        begin();
        ExecutorService executor = defaultExecutor.refuse();
        if (executor == null) {
            return null;
        }
        executor.shutdown();
        Future<Boolean> hasEnded = loop.createFuture();
        outsideWork.begin();
        waiter = new Thread(() -> awaitTermination(executor, hasEnded), "jasyncio-shutdown");
        waiter.setDaemon(true);
        place = LoopDoor.of(loop).add(this);
        waiter.start();
        if (timeout != null) {
            timer = loop.callLater(timeout, () -> complete(hasEnded, false));
        }
        execution.suspendOn(hasEnded);
        state = 1;
        return execution.suspended(this);
    }

    /** On a thread of its own. */
    private void awaitTermination(ExecutorService executor, Future<Boolean> hasEnded) {
        try {
            while (!executor.awaitTermination(1, TimeUnit.DAYS)) {
                // Whoever waits for this has a timeout of his own, or wants to wait.
            }
        } catch (InterruptedException e) {
            // Nobody waits for it any more.
        }
        LoopDoor.of(loop)
                .hand(
                        () -> {
                            outsideWork.end();
                            complete(hasEnded, true);
                        },
                        null);
    }

    /** The thread is not to wait for the end of a call that never ends, when nobody else does. */
    @Override
    public void loopEnded(String how) {
        stopWaiting();
    }

    private void stopWaiting() {
        if (place != null) {
            place.leave();
        }
        if (waiter != null) {
            waiter.interrupt();
        }
    }

    private static void complete(Future<Boolean> future, boolean value) {
        if (!future.isDone()) {
            future.setResult(value);
        }
    }

    @Override
    protected @Nullable Object resume(Execution execution) {
        enter();
        if (timer != null) {
            timer.cancel();
        }
        stopWaiting();
        if (!Boolean.TRUE.equals(execution.result())) {
            Log.log(
                    System.Logger.Level.WARNING,
                    "the calls in the default executor did not end within " + timeout + "; left to themselves");
        }
        return null;
    }

    @Override
    public StackTraceElement location() {
        return new StackTraceElement(EventLoop.class.getName(), "shutdownDefaultExecutor", "EventLoop.java", -1);
    }
}
