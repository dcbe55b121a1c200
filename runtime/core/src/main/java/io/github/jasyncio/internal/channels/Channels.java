package io.github.jasyncio.internal.channels;

import io.github.jasyncio.Asyncio;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Handle;
import io.github.jasyncio.Task;
import io.github.jasyncio.internal.Log;
import io.github.jasyncio.internal.debug.Origins;
import io.github.jasyncio.internal.introspection.Insight;
import io.github.jasyncio.internal.introspection.OpenChannel;
import io.github.jasyncio.internal.loop.Poller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The channels that a loop watches and what it calls when they are ready; made when the first one is watched, and from then on what the loop
 * waits with.
 *
 * <p>Semantics: {@code asyncio.selector_events._add_reader} and so on. Loop-confined but for {@link #wakeUp}.
 */
public final class Channels implements Poller, OwnedChannels {

    /** How much is read at a time: as much as asyncio's {@code max_size}. */
    private static final int READ_SIZE = 256 * 1024;

    /**
     * How long it waits at a time: no selector says that a channel was closed, and another thread that closes one does not end the wait.
     */
    private static final long LOOK_NANOS = 250_000_000;

    private final Function<Runnable, Handle> handles;
    private final Consumer<Handle> ready;
    private final BooleanSupplier isDebug;

    /** Its keys have no attachments: through them it would lead to the loop, see {@link LostChannels}. */
    private final Selector selector;

    private final LostChannels lost;
    private final boolean isLoopDriven;
    private final Consumer<SelectionKey> queueCallbacks = this::queueCallbacks;

    /** Who waits if the loop's own thread may not. */
    private final @Nullable ChannelThread thread;

    /** What the selector knows. */
    private final Map<SelectableChannel, Watched> watched = new HashMap<>();

    /** How many of them somebody waits for. */
    private int waitedFor;

    /** As many as {@link #watched}; the selector has fewer keys if channels were closed that it knows. */
    private volatile int known;

    /** Which transport or server a channel belongs to: its business alone, and to be closed with the loop at the latest. */
    private final Map<SelectableChannel, ChannelOwner> owners = new LinkedHashMap<>();

    private @Nullable ByteBuffer readBuffer;

    /** Those of which less is wanted than the selector knows: most are wanted again before the loop next waits. */
    private final List<Watched> stale = new ArrayList<>();

    private boolean hasQueued;

    // Waking sets it, and then wakes the selector; the poller takes it back when it has seen it.
    private volatile boolean isWoken;

    /**
     * Watches nothing yet.
     *
     * @param provider whose channels it watches
     * @param handles makes a handle of a callback, in the current context
     * @param ready takes the callbacks of what is ready
     * @param isDebug whether to complain of what is left open
     * @param wakeLoop asks for a turn of a loop over an executor, whose thread must not be blocked: another waits then; null if the loop itself waits
     */
    public Channels(
            SelectorProvider provider,
            Function<Runnable, Handle> handles,
            Consumer<Handle> ready,
            BooleanSupplier isDebug,
            @Nullable Runnable wakeLoop) {
        this.handles = handles;
        this.ready = ready;
        this.isDebug = isDebug;
        this.isLoopDriven = provider instanceof LoopDriven;
        try {
            selector = provider.openSelector();
        } catch (IOException e) {
            throw new UncheckedIOException("the system gives no selector for channels: " + e.getMessage(), e);
        }
        lost = new LostChannels(selector);
        if (provider == SelectorProvider.provider()) {
            lost.watch(
                    this); // of another one it is not known what its channels hold, and whether they take descriptors
        }
        thread = wakeLoop == null ? null : new ChannelThread(this, wakeLoop);
    }

    // ------------------------------------------------------------------------------------------------ who is watched

    @Override
    public Handle watchReading(SelectableChannel channel, Runnable callback) {
        Handle handle = handles.apply(callback);
        addReader(channel, handle);
        return handle;
    }

    @Override
    public Handle watchWriting(SelectableChannel channel, Runnable callback) {
        Handle handle = handles.apply(callback);
        addWriter(channel, handle);
        return handle;
    }

    /** Calls a handle whenever a channel can be read, or accepts; what was called before is cancelled. */
    public void addReader(SelectableChannel channel, Handle handle) {
        check("addReader", channel, Watched.READABLE);
        Watched entry = entry(channel);
        if (entry.reader != null) {
            entry.reader.cancel();
        }
        entry.reader = handle;
        tell("addReader", entry);
    }

    /** Calls a handle whenever a channel can be written to, or has connected; what was called before is cancelled. */
    public void addWriter(SelectableChannel channel, Handle handle) {
        check("addWriter", channel, Watched.WRITABLE);
        Watched entry = entry(channel);
        if (entry.writer != null) {
            entry.writer.cancel();
        }
        entry.writer = handle;
        tell("addWriter", entry);
    }

    /** That of a channel for which somebody is about to wait. */
    private Watched entry(SelectableChannel channel) {
        Watched entry = watched.get(channel);
        if (entry == null) {
            entry = new Watched(channel);
        }
        if (!entry.isWaitedFor()) {
            waitedFor++;
        }
        return entry;
    }

    private static void check(String operation, SelectableChannel channel, int operations) {
        if ((channel.validOps() & operations) == 0) {
            throw new IllegalArgumentException(operation + ": this kind of channel can only be "
                    + (operations == Watched.READABLE ? "written to" : "read from") + ": " + channel);
        }
        OwnedChannels.checkOpenAndNonBlocking(operation, channel);
    }

    /** Tells the selector of somebody who waits from now on. */
    private void tell(String operation, Watched entry) {
        try {
            if (watched.get(entry.channel) == entry) {
                entry.tell();
            } else {
                entry.registered(entry.channel.register(selector, 0));
                watched.put(entry.channel, entry);
                known = watched.size();
            }
        } catch (ClosedChannelException | CancelledKeyException e) {
            waitedFor--;
            if (watched.remove(entry.channel, entry)) {
                known = watched.size();
                end(entry);
            }
            throw new IllegalArgumentException(
                    operation + ": another thread has closed the channel: " + entry.channel, e);
        } catch (Throwable t) {
            waitedFor--;
            throw t;
        }
        if (thread != null) {
            // It may wait for what was wanted before.
            thread.begin();
            selector.wakeup();
        }
    }

    @Override
    public boolean removeReader(SelectableChannel channel) {
        Watched entry = watched.get(channel);
        if (entry == null || entry.reader == null) {
            return false;
        }
        entry.reader.cancel();
        entry.reader = null;
        isLessWanted(entry);
        return true;
    }

    @Override
    public boolean removeWriter(SelectableChannel channel) {
        Watched entry = watched.get(channel);
        if (entry == null || entry.writer == null) {
            return false;
        }
        entry.writer.cancel();
        entry.writer = null;
        isLessWanted(entry);
        return true;
    }

    private void isLessWanted(Watched entry) {
        if (!entry.isWaitedFor()) {
            waitedFor--;
        }
        if (thread != null) {
            if (!entry.isGone()) {
                tellExactly(entry);
                selector.wakeup();
            }
        } else if (!entry.isStale) {
            entry.isStale = true;
            stale.add(entry);
        }
    }

    private static void tellExactly(Watched entry) {
        try {
            entry.tellExactly();
        } catch (CancelledKeyException e) {
            // Another thread has closed the channel in this moment: seen at the next look.
        }
    }

    @Override
    public boolean hasReader(SelectableChannel channel) {
        Watched entry = watched.get(channel);
        return entry != null && entry.reader != null;
    }

    @Override
    public boolean hasWriter(SelectableChannel channel) {
        Watched entry = watched.get(channel);
        return entry != null && entry.writer != null;
    }

    /** True if it waits for any that become ready without the loop's doing. */
    public boolean mayWake() {
        return waitedFor > 0 && !isLoopDriven;
    }

    // ------------------------------------------------------------------------------------------------ the end of
    // channels

    /** True if channels were closed that somebody may wait for. Thread-safe. */
    boolean hasClosed() {
        return selector.keys().size() < known;
    }

    /** Calls who waits for channels that were closed, a last time: whatever he tries will tell him. */
    void endClosed() {
        if (!hasClosed()) {
            return;
        }
        List<Watched> gone = watched.values().stream().filter(Watched::isGone).toList();
        for (Watched entry : gone) {
            watched.remove(entry.channel);
            if (entry.isWaitedFor()) {
                waitedFor--;
            }
            end(entry);
        }
        known = watched.size();
    }

    private void end(Watched entry) {
        queue(entry.reader);
        queue(entry.writer);
        entry.reader = null;
        entry.writer = null;
    }

    // ------------------------------------------------------------------------------------------------ owners

    @Override
    public void own(SelectableChannel channel, ChannelOwner owner) {
        checkFree("a transport", channel);
        owners.put(channel, owner);
        lost.own(channel);
        if (isDebug.getAsBoolean() && Origins.of(channel).isEmpty()) {
            // Whoever gets it later has not made it.
            Origins.keep(channel, placeOfTask());
        }
    }

    @Override
    public void disown(SelectableChannel channel, ChannelOwner owner) {
        if (owners.remove(channel, owner)) {
            lost.disown(channel);
        }
    }

    /** Semantics: {@code selector_events._ensure_fd_no_transport}; the same goes for a server's sockets. */
    @Override
    public void checkFree(String operation, SelectableChannel channel) {
        ChannelOwner owner = owners.get(channel);
        if (owner != null && !owner.isClosing()) {
            throw new IllegalStateException(operation + ": the channel is used by " + owner);
        }
    }

    private static List<StackTraceElement> placeOfTask() {
        Task<?> task = EventLoop.running() == null ? null : Asyncio.currentTask();
        return task == null ? List.of() : Insight.get().stack(task);
    }

    /** The channels that belong to somebody who is not about to close them. */
    public List<OpenChannel> open() {
        List<OpenChannel> open = new ArrayList<>();
        owners.forEach((channel, owner) -> {
            if (!owner.isClosing()) {
                open.add(new OpenChannel(channel, owner, Origins.of(channel)));
            }
        });
        return open;
    }

    @Override
    public int ownedCount() {
        return owners.size();
    }

    @Override
    public void close(SelectableChannel channel, ChannelOwner owner) throws IOException {
        disown(channel, owner);
        removeReader(channel);
        removeWriter(channel);
        watched.remove(channel);
        known = watched.size();
        channel.close();
        // The system hears of it when the selector lets go of the channel only, which it does when it next selects.
        if (thread != null) {
            selector.wakeup();
        } else if (selector.isOpen()) {
            selector.selectNow(key -> {});
        }
    }

    @Override
    public ByteBuffer readBuffer() {
        ByteBuffer buffer = readBuffer;
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(READ_SIZE);
            readBuffer = buffer;
        }
        return buffer.clear();
    }

    // ------------------------------------------------------------------------------------------------ waiting

    /** Waits for channels and for wake-ups; a millisecond is as short as a selector can wait. */
    @Override
    public void poll(long nanos) {
        tellWhatIsStale();
        hasQueued = false;
        long end = nanos == FOREVER ? 0 : System.nanoTime() + nanos;
        long left = nanos;
        do {
            select(queueCallbacks, left);
            endClosed();
            if (Thread.interrupted()) {
                throw Poller.interrupted();
            }
            left = nanos == FOREVER ? FOREVER : end - System.nanoTime();
        } while (!hasQueued && !isWoken && left > 0);
        // Who wakes it just before this has put into the inbox already what the loop looks for next.
        isWoken = false;
    }

    /** Gives what is ready to {@code action}, after waiting for it, though not for long. */
    void select(Consumer<SelectionKey> action, long nanos) {
        long atMost = known == 0 ? nanos : Math.min(nanos, LOOK_NANOS);
        try {
            if (atMost == FOREVER) {
                selector.select(action);
            } else {
                selector.select(action, Math.max(1, (atMost - 1) / 1_000_000 + 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("waiting for channels failed: " + e.getMessage(), e);
        }
    }

    /** Queues the callbacks of what is ready now. */
    public void pollNow() {
        if (thread != null) {
            thread.takeOver();
        } else if (waitedFor > 0 || isStaleClosed()) {
            try {
                selector.selectNow(queueCallbacks);
            } catch (IOException e) {
                throw new UncheckedIOException("asking for ready channels failed: " + e.getMessage(), e);
            }
            endClosed();
        }
    }

    /** True if a channel for which nobody waits was closed: the system hears of that when the selector next selects. */
    private boolean isStaleClosed() {
        for (Watched entry : stale) {
            if (!entry.channel.isOpen() && watched.get(entry.channel) == entry) {
                return true;
            }
        }
        return false;
    }

    /** True if something that is ready waits for the loop's next turn. Thread-safe. */
    public boolean hasFound() {
        return thread != null && thread.hasFound();
    }

    /** The turn's callbacks have run, and have read what there was to read. */
    public void endTurn() {
        if (thread != null) {
            thread.goOn();
        }
    }

    /** Takes channels that nobody waits for any more from the selector: their owners may want to make them blocking again. */
    private void tellWhatIsStale() {
        if (stale.isEmpty()) {
            return;
        }
        for (Watched entry : stale) {
            entry.isStale = false;
            if (watched.get(entry.channel) != entry) {
                continue;
            }
            if (entry.isWaitedFor()) {
                tellExactly(entry);
            } else {
                watched.remove(entry.channel);
                entry.cancel();
            }
        }
        stale.clear();
        known = watched.size();
    }

    void queueCallbacks(SelectionKey key) {
        int operations;
        try {
            operations = key.readyOps();
        } catch (CancelledKeyException e) {
            // Closed in this very moment: told at the next look.
            return;
        }
        Watched entry = watched.get(key.channel());
        if (entry == null) {
            return; // closed in this turn
        }
        boolean isUnwanted = false;
        if ((operations & Watched.READABLE) != 0) {
            queue(entry.reader);
            isUnwanted = entry.reader == null;
        }
        if ((operations & Watched.WRITABLE) != 0) {
            queue(entry.writer);
            isUnwanted |= entry.writer == null;
        }
        if (isUnwanted) {
            try {
                entry.wasUnwanted();
            } catch (CancelledKeyException e) {
                // The same.
            }
        }
    }

    private void queue(@Nullable Handle handle) {
        if (handle != null) {
            hasQueued = true;
            ready.accept(handle);
        }
    }

    @Override
    public void wakeUp() {
        isWoken = true;
        selector.wakeup();
    }

    public void close() {
        lost.settle();
        owners.forEach(this::closeLeftOver);
        owners.clear();
        watched.clear();
        stale.clear();
        waitedFor = 0;
        known = 0;
        if (thread != null) {
            thread.end();
        }
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the selector cannot be closed: " + e.getMessage(), e);
        }
    }

    private void closeLeftOver(SelectableChannel channel, ChannelOwner owner) {
        if (isDebug.getAsBoolean()) {
            Log.log(System.Logger.Level.WARNING, "unclosed " + owner);
        }
        try {
            channel.close();
        } catch (IOException e) {
            Log.log(System.Logger.Level.DEBUG, "cannot close " + owner, e);
        }
    }
}
