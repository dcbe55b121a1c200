package io.github.jasyncio.internal.loop;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The executor that a loop uses when it is told none; made when it is first needed.
 *
 * <p>As large as {@code concurrent.futures.ThreadPoolExecutor} is: the number of processors and four more, at most 32. Its threads are daemons,
 * so that a loop that was never closed does not keep the program from ending.
 */
public final class DefaultExecutor {

    private final Object loop;
    private @Nullable ExecutorService executor;
    private boolean isOwn;
    private boolean isShutDown;

    /**
     * None yet.
     *
     * @param loop whose it is, for messages
     */
    public DefaultExecutor(Object loop) {
        this.loop = loop;
    }

    public Executor get() {
        if (isShutDown) {
            throw new IllegalStateException("runInExecutor: the default executor of " + loop + " has been shut down");
        }
        if (executor == null) {
            executor = create();
            isOwn = true;
        }
        return executor;
    }

    /** True if it is one that was made here: nobody else shuts it down. */
    public boolean isOwn(Executor executor) {
        return isOwn && executor == this.executor;
    }

    public void set(ExecutorService executor) {
        if (executor == null) {
            throw new NullPointerException("setDefaultExecutor: an executor was expected, got null");
        }
        this.executor = executor;
        isOwn = false;
    }

    /** Takes no calls any more; gives the executor that is to be shut down, if there is one. */
    @Nullable
    public ExecutorService refuse() {
        isShutDown = true;
        return executor;
    }

    public void close() {
        isShutDown = true;
        if (executor != null) {
            executor.shutdown();
            executor = null;
        }
    }

    private static ExecutorService create() {
        int threads = Math.min(32, Runtime.getRuntime().availableProcessors() + 4);
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(threads, threads, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "jasyncio-" + count.getAndIncrement());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
