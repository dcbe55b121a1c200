package io.github.jasyncio;

import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Frame;
import io.github.jasyncio.internal.Sneaky;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine whose body is ordinary Java, for tests that must do without the transformer: {@link #await} stands still in the middle of it.
 *
 * <p>The body runs on a thread of its own, which takes turns with the thread that drives the coroutine: exactly one of the two runs at any
 * time. So the order of events is the one a rewritten body would have.
 */
final class Sequential<T> extends Frame<T> {

    /** What a body does. */
    @FunctionalInterface
    interface Body<T> {
        @Nullable
        T run() throws Throwable;
    }

    /** Ends the body of a coroutine that nobody will resume any more. */
    private static final class Abandoned extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static final ThreadLocal<@Nullable Sequential<?>> CURRENT = new ThreadLocal<>();

    private final Body<T> body;
    private final Semaphore bodysTurn = new Semaphore(0);
    private final Semaphore driversTurn = new Semaphore(0);
    private final Thread thread = new Thread(this::runBody, "sequential");

    // Handed over with the turn.
    private @Nullable Execution execution;
    private @Nullable EventLoop loop;
    private @Nullable Object value;
    private @Nullable Throwable failure;
    private boolean abandoned;

    Sequential(Body<T> body) {
        this.body = body;
        thread.setDaemon(true);
    }

    /** As {@link Asyncio#await}, in the body of such a coroutine. */
    @SuppressWarnings({"unchecked", "NullAway"}) // the value is of the awaitable's type, which may be nullable
    static <T> T await(Awaitable<? extends T> awaitable) {
        Sequential<?> current = CURRENT.get();
        if (current == null) {
            throw new IllegalStateException("await outside a Sequential's body");
        }
        return (T) current.awaiting(awaitable);
    }

    /** Ends a coroutine that is suspended, and its thread: every await of its body throws from now on. */
    void abandon() {
        if (!standsStill()) {
            return;
        }
        abandoned = true;
        bodysTurn.release();
        driversTurn.acquireUninterruptibly();
    }

    @Override
    public @Nullable Object start(Execution execution) {
        return startInPlace(execution);
    }

    @Override
    public @Nullable Object startInPlace(Execution execution) {
        begin();
        thread.start();
        return letBodyRun(execution);
    }

    @Override
    protected @Nullable Object resume(Execution execution) {
        enter();
        try {
            value = execution.result();
        } catch (Throwable t) {
            failure = t;
        }
        return letBodyRun(execution);
    }

    private @Nullable Object letBodyRun(Execution execution) {
        this.execution = execution;
        loop = Asyncio.getRunningLoop();
        bodysTurn.release();
        driversTurn.acquireUninterruptibly();
        if (failure == null && value == Execution.SUSPENDED) {
            state = 1;
            return execution.suspended(this);
        }
        return outcome();
    }

    private @Nullable Object outcome() {
        Throwable thrown = failure;
        Object result = value;
        failure = null;
        value = null;
        if (thrown != null) {
            throw Sneaky.<RuntimeException>failure(thrown);
        }
        return result;
    }

    private void runBody() {
        CURRENT.set(this);
        bodysTurn.acquireUninterruptibly();
        ThreadState.current().running = loop;
        Object result = null;
        Throwable thrown = null;
        try {
            result = body.run();
        } catch (Throwable t) {
            thrown = t;
        }
        value = result;
        failure = thrown;
        driversTurn.release();
    }

    private @Nullable Object awaiting(Awaitable<?> awaitable) {
        if (abandoned) {
            throw new Abandoned();
        }
        if (execution == null) {
            throw new AssertionError();
        }
        Object result = Execution.present(awaitable).start(execution);
        if (result != Execution.SUSPENDED) {
            return result;
        }
        value = result;
        driversTurn.release();
        bodysTurn.acquireUninterruptibly();
        if (abandoned) {
            throw new Abandoned();
        }
        return outcome();
    }

    @Override
    public StackTraceElement location() {
        return new StackTraceElement(body.getClass().getName(), "run", null, -1);
    }
}
