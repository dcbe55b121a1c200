package io.github.jasyncio.internal.channels;

import io.github.jasyncio.Handle;
import io.github.jasyncio.internal.Log;
import io.github.jasyncio.internal.loop.Poller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.HashMap;
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

    private static final int READABLE = SelectionKey.OP_READ | SelectionKey.OP_ACCEPT;
    private static final int WRITABLE = SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT;

    private final Function<Runnable, Handle> handles;
    private final Consumer<Handle> ready;
    private final BooleanSupplier isDebug;
    private final Selector selector;
    private final Consumer<SelectionKey> queueCallbacks = this::queueCallbacks;

    /** Who waits if the loop's own thread may not. */
    private final @Nullable ChannelThread thread;

    /** What has a reader or a writer. */
    private final Map<SelectableChannel, Watched> watched = new HashMap<>();

    /** Which transport or server a channel belongs to: its business alone, and to be closed with the loop at the latest. */
    private final Map<SelectableChannel, ChannelOwner> owners = new HashMap<>();

    private @Nullable ByteBuffer readBuffer;

    /** Keys that nobody needs, probably: most are needed again before the loop next waits. */
    private final List<SelectionKey> idle = new ArrayList<>();

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
        try {
            selector = provider.openSelector();
        } catch (IOException e) {
            throw new UncheckedIOException("the system gives no selector for channels: " + e.getMessage(), e);
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
        check("addReader", channel, READABLE);
        Watched entry = watched.computeIfAbsent(channel, c -> new Watched());
        if (entry.reader != null) {
            entry.reader.cancel();
        }
        entry.reader = handle;
        update(channel, entry);
    }

    /** Calls a handle whenever a channel can be written to, or has connected; what was called before is cancelled. */
    public void addWriter(SelectableChannel channel, Handle handle) {
        check("addWriter", channel, WRITABLE);
        Watched entry = watched.computeIfAbsent(channel, c -> new Watched());
        if (entry.writer != null) {
            entry.writer.cancel();
        }
        entry.writer = handle;
        update(channel, entry);
    }

    /** True if it waits for any. */
    public boolean isWatchingAny() {
        return !watched.isEmpty();
    }

    @Override
    public boolean removeReader(SelectableChannel channel) {
        Watched entry = watched.get(channel);
        if (entry == null || entry.reader == null) {
            return false;
        }
        entry.reader.cancel();
        entry.reader = null;
        update(channel, entry);
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
        update(channel, entry);
        return true;
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

    private static void check(String operation, SelectableChannel channel, int operations) {
        if ((channel.validOps() & operations) == 0) {
            throw new IllegalArgumentException(operation + ": this kind of channel can only be "
                    + (operations == READABLE ? "written to" : "read from") + ": " + channel);
        }
        OwnedChannels.checkOpenAndNonBlocking(operation, channel);
    }

    /** Tells the selector what is wanted now. */
    private void update(SelectableChannel channel, Watched entry) {
        if (entry.reader == null && entry.writer == null) {
            watched.remove(channel);
        }
        int operations = channel.validOps()
                & ((entry.reader == null ? 0 : READABLE) | (entry.writer == null ? 0 : writable(channel)));
        SelectionKey key = channel.keyFor(selector);
        try {
            if (key != null && key.isValid()) {
                key.attach(entry);
                key.interestOps(operations);
            } else if (operations != 0) {
                key = channel.register(selector, operations, entry);
            }
        } catch (ClosedChannelException | CancelledKeyException e) {
            if (operations != 0) {
                watched.remove(channel);
                throw new IllegalArgumentException("another thread has closed the channel meanwhile: " + channel, e);
            }
        }
        if (thread != null) {
            // It may wait for what was wanted before.
            thread.begin();
            selector.wakeup();
        } else if (key != null && operations == 0) {
            idle.add(key);
        }
    }

    /** A channel that is connected stays so; asking for both would make some systems' selectors spin. */
    private static int writable(SelectableChannel channel) {
        return channel instanceof SocketChannel socket && socket.isConnected() ? SelectionKey.OP_WRITE : WRITABLE;
    }

    // ------------------------------------------------------------------------------------------------ owners

    @Override
    public void own(SelectableChannel channel, ChannelOwner owner) {
        checkFree("a transport", channel);
        owners.put(channel, owner);
    }

    @Override
    public void disown(SelectableChannel channel, ChannelOwner owner) {
        owners.remove(channel, owner);
    }

    /** Semantics: {@code selector_events._ensure_fd_no_transport}; the same goes for a server's sockets. */
    @Override
    public void checkFree(String operation, SelectableChannel channel) {
        ChannelOwner owner = owners.get(channel);
        if (owner != null && !owner.isClosing()) {
            throw new IllegalStateException(operation + ": the channel is used by " + owner);
        }
    }

    @Override
    public void close(SelectableChannel channel, ChannelOwner owner) throws IOException {
        disown(channel, owner);
        removeReader(channel);
        removeWriter(channel);
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
        cancelIdleKeys();
        select(queueCallbacks, nanos);
        if (Thread.interrupted()) {
            throw Poller.interrupted();
        }
    }

    /** Gives what is ready to {@code action}, after waiting for it. */
    void select(Consumer<SelectionKey> action, long nanos) {
        try {
            if (nanos == FOREVER) {
                selector.select(action);
            } else {
                selector.select(action, Math.max(1, (nanos - 1) / 1_000_000 + 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("waiting for channels failed: " + e.getMessage(), e);
        }
    }

    /** Queues the callbacks of what is ready now. */
    public void pollNow() {
        if (thread != null) {
            thread.takeOver();
        } else if (!watched.isEmpty()) {
            try {
                selector.selectNow(queueCallbacks);
            } catch (IOException e) {
                throw new UncheckedIOException("asking for ready channels failed: " + e.getMessage(), e);
            }
        }
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

    /** Takes channels that nobody watches any more from the selector: their owners may want to make them blocking again. */
    private void cancelIdleKeys() {
        if (idle.isEmpty()) {
            return;
        }
        for (SelectionKey key : idle) {
            if (key.isValid() && key.interestOps() == 0) {
                key.cancel();
            }
        }
        idle.clear();
    }

    void queueCallbacks(SelectionKey key) {
        int operations;
        try {
            operations = key.readyOps() & key.interestOps();
        } catch (CancelledKeyException e) {
            // Closed in this very moment: nothing to be told any more.
            return;
        }
        Watched entry = (Watched) key.attachment();
        if ((operations & READABLE) != 0) {
            queue(entry.reader);
        }
        if ((operations & WRITABLE) != 0) {
            queue(entry.writer);
        }
    }

    private void queue(@Nullable Handle handle) {
        if (handle != null) {
            ready.accept(handle);
        }
    }

    @Override
    public void wakeUp() {
        selector.wakeup();
    }

    public void close() {
        owners.forEach(this::closeLeftOver);
        owners.clear();
        watched.clear();
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

    /** Who is called. */
    private static final class Watched {

        private @Nullable Handle reader;
        private @Nullable Handle writer;
    }
}
