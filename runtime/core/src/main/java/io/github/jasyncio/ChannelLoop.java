package io.github.jasyncio;

import io.github.jasyncio.internal.channels.Channels;
import io.github.jasyncio.internal.channels.LoopChannels;
import io.github.jasyncio.internal.functions.ShutDownExecutor;
import io.github.jasyncio.internal.generators.OpenGenerators;
import io.github.jasyncio.internal.loop.DefaultExecutor;
import io.github.jasyncio.internal.signals.LoopSignals;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * What a loop has to do with the world outside of its thread: channels, executors, signals; {@link EventLoop} is what users see of it.
 *
 * <p>Semantics: {@code asyncio.selector_events.BaseSelectorEventLoop}. Loop-confined.
 */
abstract sealed class ChannelLoop extends BaseLoop permits EventLoop {

    static {
        LoopChannels.isFoundBy(ChannelLoop::channels);
        OpenGenerators.areFoundBy(ChannelLoop::generators);
    }

    private final DefaultExecutor defaultExecutor = new DefaultExecutor(this);
    private final LoopSignals signals = new LoopSignals();

    private final Network network;

    ChannelLoop(EventLoop.Builder builder) {
        super(builder);
        this.network = builder.network;
    }

    // ------------------------------------------------------------------------------------------------ readiness

    /** The channels that it watches, which it waits for from now on. */
    final Channels channels() {
        Channels made = channels;
        if (made == null) {
            made = new Channels(
                    network.provider(),
                    callback -> new Handle(callback, currentVars()),
                    this::enqueue,
                    this::isDebug,
                    executorTurns == null ? null : executorTurns::wake);
            waitWith(made);
        }
        return made;
    }

    /** Those that have begun on it and not ended. */
    final OpenGenerators generators() {
        return unclaimed.generators();
    }

    final Network network() {
        return network;
    }

    final boolean isWatching() {
        return channels != null && !isShut();
    }

    /**
     * Runs a callback, in a copy of the current context, in every turn in which {@code channel} can be read, or accepts; instead of the one that
     * did so before.
     *
     * <p>Semantics: {@code loop.add_reader}. In a turn such callbacks stand behind what is ready already and before timers that are due. If
     * the channel is closed, on any thread, it is called a last time. A loop that watches channels waits with a selector, to whole milliseconds; one {@link EventLoop#over over an
     * executor} lets a daemon thread wait for it.
     *
     * @param channel in non-blocking mode
     * @throws IllegalArgumentException if the channel is blocking or closed, or of a kind that cannot be read
     * @throws IllegalStateException if the loop is closed, or the channel belongs to a transport or server; in debug mode also when called on
     *     another thread
     */
    public final void addReader(SelectableChannel channel, Runnable callback) {
        Handle.check(callback, "addReader");
        checkMayCall("addReader");
        channels().checkFree("addReader", channel);
        channels().addReader(channel, new Handle(callback, currentVars()));
    }

    /**
     * Ends what {@link #addReader} began.
     *
     * <p>Semantics: {@code loop.remove_reader}.
     *
     * @return false if there was no callback
     * @throws IllegalStateException if the channel belongs to a transport or server
     */
    public final boolean removeReader(SelectableChannel channel) {
        return isWatching() && isFree("removeReader", channel) && channels().removeReader(channel);
    }

    /**
     * Runs a callback, in a copy of the current context, in every turn in which {@code channel} can be written to, or has connected; instead of
     * the one that did so before. Otherwise like {@link #addReader}.
     *
     * <p>Semantics: {@code loop.add_writer}.
     *
     * @param channel in non-blocking mode
     * @throws IllegalArgumentException if the channel is blocking or closed, or of a kind that cannot be written to
     * @throws IllegalStateException if the loop is closed, or the channel belongs to a transport or server; in debug mode also when called on
     *     another thread
     */
    public final void addWriter(SelectableChannel channel, Runnable callback) {
        Handle.check(callback, "addWriter");
        checkMayCall("addWriter");
        channels().checkFree("addWriter", channel);
        channels().addWriter(channel, new Handle(callback, currentVars()));
    }

    /**
     * Ends what {@link #addWriter} began.
     *
     * <p>Semantics: {@code loop.remove_writer}.
     *
     * @return false if there was no callback
     * @throws IllegalStateException if the channel belongs to a transport or server
     */
    public final boolean removeWriter(SelectableChannel channel) {
        return isWatching() && isFree("removeWriter", channel) && channels().removeWriter(channel);
    }

    /** True, or throws what {@code checkFree} does. */
    private boolean isFree(String operation, SelectableChannel channel) {
        channels().checkFree(operation, channel);
        return true;
    }

    // ------------------------------------------------------------------------------------------------ threads

    /**
     * Runs a call on an executor.
     *
     * <p>Semantics: {@code loop.run_in_executor}. Cancelling the future keeps a call from starting; it does not interrupt one that runs. A call
     * that is still queued when an {@link ExecutorService} has terminated fails with {@link java.util.concurrent.RejectedExecutionException}.
     *
     * @param executor where, or null for the loop's default executor
     * @return the future of its value
     * @throws IllegalStateException if the loop is closed, or its default executor is shut down
     */
    public final <T> Future<T> runInExecutor(@Nullable Executor executor, Callable<? extends T> callable) {
        if (callable == null) {
            throw new NullPointerException("runInExecutor: a callable was expected, got null");
        }
        checkMayCall("runInExecutor");
        Executor chosen = executor == null ? defaultExecutor.get() : executor;
        ExecutorCall<T> call = new ExecutorCall<>(self(), callable, defaultExecutor.isOwn(chosen) ? null : chosen);
        try {
            chosen.execute(call);
        } catch (Throwable t) {
            call.refused();
            throw t;
        }
        return call;
    }

    /**
     * Sets the executor that {@link #runInExecutor} uses for null, and {@code toThread} always. The loop shuts it down.
     *
     * <p>Semantics: {@code loop.set_default_executor}.
     */
    public final void setDefaultExecutor(ExecutorService executor) {
        defaultExecutor.set(executor);
    }

    /** Shuts down the default executor and waits until its calls have ended. Semantics: {@code loop.shutdown_default_executor()}. */
    public final Coroutine<Void> shutdownDefaultExecutor() {
        return shutdownDefaultExecutor(null);
    }

    /**
     * Shuts down the default executor and waits until its calls have ended.
     *
     * <p>Semantics: {@code loop.shutdown_default_executor(timeout)}.
     *
     * @param timeout after which it waits no more and logs a warning; null means none
     */
    public final Coroutine<Void> shutdownDefaultExecutor(@Nullable Duration timeout) {
        return new ShutDownExecutor(self(), outsideWork, defaultExecutor, timeout);
    }

    // ------------------------------------------------------------------------------------------------ signals

    /**
     * Lets a signal of the operating system's run a callback on this loop, in a copy of the current context, until {@link
     * #removeSignalHandler} or {@link EventLoop#close}. A signal has one callback; a second one replaces the first.
     *
     * <p>Semantics: {@code loop.add_signal_handler}, on any thread's loop. While a callback is there for {@code INT}, Ctrl-C does not cancel what
     * a {@link Runner} runs.
     *
     * @param name for example {@code TERM} or {@code SIGTERM}
     * @throws IllegalArgumentException if there is no such signal, or if it cannot be caught, because it is the JVM's or the system's own
     * @throws UnsupportedOperationException if the JVM is without the module {@code jdk.unsupported}
     * @throws IllegalStateException if the loop is closed; in debug mode also when called on another thread
     */
    public final void addSignalHandler(String name, Runnable callback) {
        Handle.check(callback, "addSignalHandler");
        checkMayCall("addSignalHandler");
        VarMap vars = currentVars();
        signals.add(name, () -> handIn(new Handle(callback, vars), false));
    }

    /**
     * Takes a signal's callback away: the signal does again what it did before.
     *
     * <p>Semantics: {@code loop.remove_signal_handler}.
     *
     * @return false if there was none
     */
    public final boolean removeSignalHandler(String name) {
        return signals.remove(name);
    }

    @Override
    final boolean handlesSignals() {
        return !signals.isEmpty();
    }

    /** The loop is closed. */
    final void leaveOutside() {
        signals.removeAll();
        defaultExecutor.close();
        generators().loopHasClosed();
    }
}
