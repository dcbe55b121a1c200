package io.github.jasyncio.sync;

import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.internal.Detour;
import org.jspecify.annotations.Nullable;

/**
 * Hands items from those who put to those who get, first in, first out; with a maximum size it makes those who put wait for those who get.
 *
 * <p>Semantics: {@code asyncio.Queue} with {@code qsize}, {@code empty}, {@code full} and {@code maxsize} named {@link #size}, {@link
 * #isEmpty}, {@link #isFull} and {@link #maxSize}. Who waits is served first come, first served; but who comes while there is an item, or
 * room, need not wait, and may take it from one who was woken and has not run yet. Null is an item like any other. Loop-confined.
 *
 * @param <T> the type of the items
 */
public sealed class Queue<T> extends LoopBound permits PriorityQueue, LifoQueue {

    private final Items<T> items;
    private final int maxSize;

    /** With so many items, or more, nobody puts in another one without further ado: none any more when it is shut down. */
    private int limit;

    private final Waiters<Void> getters = new Waiters<>();
    private final Waiters<Void> putters = new Waiters<>();
    private final Event finished = new Event();

    /** The items that were put and for which {@link #taskDone} was not called. While it is zero {@link #finished} is set. */
    private int unfinishedTasks;

    private boolean isShutDown;

    /** A queue without a maximum size. */
    public Queue() {
        this(0);
    }

    /**
     * A queue that holds {@code maxSize} items.
     *
     * @param maxSize zero or negative for no maximum
     */
    public Queue(int maxSize) {
        this(maxSize, new Items.Fifo<>());
    }

    Queue(int maxSize, Items<T> items) {
        this.maxSize = maxSize;
        this.limit = maxSize > 0 ? maxSize : Integer.MAX_VALUE;
        this.items = items;
        finished.set();
    }

    // ------------------------------------------------------------------------------------------------ what is in it

    /** The number of items. Semantics: {@code qsize}. */
    public final int size() {
        return items.size();
    }

    /** True if there are no items. Semantics: {@code empty}. */
    public final boolean isEmpty() {
        return items.size() == 0;
    }

    /** True if there are as many items as there may be. Semantics: {@code full}. */
    public final boolean isFull() {
        return maxSize > 0 && items.size() >= maxSize;
    }

    /** How many items there may be; zero or negative for any number. Semantics: {@code maxsize}. */
    public final int maxSize() {
        return maxSize;
    }

    // ------------------------------------------------------------------------------------------------ put and get

    /**
     * Puts an item in; waits while the queue is full.
     *
     * <p>Semantics: {@code asyncio.Queue.put}. Does not suspend if there is room. One that is cancelled puts nothing in, and if there is room
     * that was meant for it, wakes the next.
     *
     * @return a coroutine that fails with {@link QueueShutDownException} if the queue is shut down, before or meanwhile, and with {@link
     *     IllegalStateException} if it has to wait on another loop than others did before
     */
    @Async
    public final Coroutine<Void> put(@Nullable T item) {
        if (items.size() >= limit) {
            return Detour.by(put(item, putters));
        }
        add(item);
        return Coroutine.done();
    }

    /** The way of those who wait: apart, so that the other stays short enough for the JIT to inline it. The names are the same, as in traces. */
    @Async
    private Coroutine<Void> put(@Nullable T item, Waiters<Void> waiters) {
        while (isFull()) {
            if (isShutDown) {
                throw shutDown("put");
            }
            Future<Void> putter = createWaiter();
            waiters.add(putter);
            try {
                await(putter);
            } catch (Throwable failure) {
                putter.cancel();
                waiters.remove(putter);
                if (!isFull() && !putter.isCancelled()) {
                    waiters.dismissNext(null);
                }
                throw failure;
            }
        }
        if (isShutDown) {
            throw shutDown("put");
        }
        add(item);
        return Coroutine.done();
    }

    /**
     * Puts an item in at once.
     *
     * <p>Semantics: {@code asyncio.Queue.put_nowait}.
     *
     * @throws QueueFullException if there is no room
     * @throws QueueShutDownException if the queue is shut down
     */
    public final void putNowait(@Nullable T item) {
        if (isShutDown) {
            throw shutDown("putNowait");
        }
        if (isFull()) {
            throw new QueueFullException("putNowait: " + this + " is full; put(...) waits until there is room");
        }
        add(item);
    }

    private void add(@Nullable T item) {
        // Whoever is woken looks himself whether there is an item; so where there is no room for one, or on the stack,
        // nobody misses any.
        getters.dismissNext(null);
        if (unfinishedTasks == 0) {
            finished.clear();
        }
        items.add(item);
        unfinishedTasks++;
    }

    /**
     * Takes the next item out; waits while there is none.
     *
     * <p>Semantics: {@code asyncio.Queue.get}. Does not suspend if there is an item. One that is cancelled takes nothing out, and if there is an
     * item that was meant for it, wakes the next.
     *
     * @return a coroutine that gives the item; it fails with {@link QueueShutDownException} if the queue is shut down, before or meanwhile, and
     *     empty, and with {@link IllegalStateException} if it has to wait on another loop than others did before
     */
    @Async
    public final Coroutine<T> get() {
        if (isEmpty()) {
            return Detour.by(get(getters));
        }
        return Coroutine.of(remove());
    }

    /** The way of those who wait, like that of {@code put}. */
    @Async
    private Coroutine<T> get(Waiters<Void> waiters) {
        while (isEmpty()) {
            if (isShutDown) {
                throw shutDown("get");
            }
            Future<Void> getter = createWaiter();
            waiters.add(getter);
            try {
                await(getter);
            } catch (Throwable failure) {
                getter.cancel();
                waiters.remove(getter);
                if (!isEmpty() && !getter.isCancelled()) {
                    waiters.dismissNext(null);
                }
                throw failure;
            }
        }
        return Coroutine.of(remove());
    }

    /**
     * Takes the next item out at once.
     *
     * <p>Semantics: {@code asyncio.Queue.get_nowait}.
     *
     * @throws QueueEmptyException if there is none
     * @throws QueueShutDownException if there is none and the queue is shut down
     */
    @SuppressWarnings("NullAway") // null comes out only where null was put in
    public final T getNowait() {
        if (isEmpty()) {
            if (isShutDown) {
                throw shutDown("getNowait");
            }
            throw new QueueEmptyException("getNowait: " + this + " is empty; get() waits until there is an item");
        }
        return remove();
    }

    private @Nullable T remove() {
        putters.dismissNext(null); // before: it may fail, and the item must not be lost
        return items.remove();
    }

    // ------------------------------------------------------------------------------------------------ join and
    // shutdown

    /**
     * Says that the work on one item that was taken out is done. When that has been said for every item that was put in, {@link #join} ends.
     *
     * <p>Semantics: {@code asyncio.Queue.task_done}.
     *
     * @throws IllegalArgumentException if it was said for every item already (asyncio's {@code ValueError})
     */
    public final void taskDone() {
        if (unfinishedTasks <= 0) {
            throw new IllegalArgumentException(
                    "taskDone: called too many times on " + this + "; call it once for each item that was taken out");
        }
        unfinishedTasks--;
        if (unfinishedTasks == 0) {
            finished.set();
        }
    }

    /**
     * Waits until {@link #taskDone} was called for every item that was put in.
     *
     * <p>Semantics: {@code asyncio.Queue.join}. Does not suspend if there is none for which it was not.
     */
    @Async
    public final Coroutine<Void> join() {
        if (unfinishedTasks > 0) {
            await(finished.waitOn());
        }
        return Coroutine.done();
    }

    /** Refuses new items, and lets those that are in be taken out: {@link #shutdown(boolean) shutdown(false)}. */
    public final void shutdown() {
        shutdown(false);
    }

    /**
     * Refuses new items from now on, and wakes all who wait to put or get. Calling it again does no harm.
     *
     * <p>Semantics: {@code asyncio.Queue.shutdown}.
     *
     * @param immediate true to throw away what is in, as if the work on it were done: who gets fails at once, and who joins may go on
     */
    public final void shutdown(boolean immediate) {
        isShutDown = true;
        limit = 0;
        if (immediate) {
            discardItems();
        }
        while (getters.dismissNext(null)) {}
        while (putters.dismissNext(null)) {}
    }

    private void discardItems() {
        while (!isEmpty()) {
            items.remove();
            if (unfinishedTasks > 0) {
                unfinishedTasks--;
            }
        }
        if (unfinishedTasks == 0) {
            finished.set();
        }
    }

    private QueueShutDownException shutDown(String operation) {
        return new QueueShutDownException(operation + ": " + this + " is shut down"
                + (operation.startsWith("put") ? "; it takes no new items" : " and empty"));
    }

    /** For example {@code <Queue maxsize=2 _queue=[a, b] _putters[1] tasks=2>}. */
    @Override
    public String toString() {
        return "<" + getClass().getSimpleName() + " maxsize=" + maxSize
                + (isEmpty() ? "" : " _queue=" + items.toList())
                + (getters.isEmpty() ? "" : " _getters[" + getters.size() + "]")
                + (putters.isEmpty() ? "" : " _putters[" + putters.size() + "]")
                + (unfinishedTasks == 0 ? "" : " tasks=" + unfinishedTasks)
                + (isShutDown ? " shutdown" : "")
                + ">";
    }
}
