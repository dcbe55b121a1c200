package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Async;
import io.github.jasyncio.Asyncio;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.Handle;
import io.github.jasyncio.internal.channels.OwnedChannels;
import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a channel is ready, and no longer: whoever waits does the rest when he goes on, so that one who is cancelled meanwhile has
 * taken nothing away from the channel.
 */
final class Readiness implements Runnable {

    private final OwnedChannels channels;
    private final SelectableChannel channel;
    private final Future<@Nullable Void> ready;
    private final boolean isToRead;
    private final Handle handle;

    private Readiness(EventLoop loop, SelectableChannel channel, boolean isToRead) {
        this.channels = OwnedChannels.of(loop);
        this.channel = channel;
        this.ready = loop.createFuture();
        this.isToRead = isToRead;
        this.handle = isToRead ? channels.watchReading(channel, this) : channels.watchWriting(channel, this);
    }

    /** Waits until a channel can be read, or accepts. */
    static Coroutine<Void> toRead(String operation, SelectableChannel channel) {
        return of(operation, channel, true);
    }

    /** Waits until a channel can be written to, or has connected. */
    static Coroutine<Void> toWrite(String operation, SelectableChannel channel) {
        return of(operation, channel, false);
    }

    /** The same for the channel's owner. */
    static Coroutine<Void> toWrite(EventLoop loop, SelectableChannel channel) {
        return new Readiness(loop, channel, false).come();
    }

    private static Coroutine<Void> of(String operation, SelectableChannel channel, boolean isToRead) {
        EventLoop loop = Asyncio.getRunningLoop();
        OwnedChannels.of(loop).checkFree(operation, channel);
        return new Readiness(loop, channel, isToRead).come();
    }

    @Async
    private Coroutine<Void> come() {
        try {
            await(ready);
        } catch (Throwable t) {
            stop();
            throw t;
        }
        return Coroutine.done();
    }

    /** The channel is ready, or closed. */
    @Override
    public void run() {
        stop();
        if (!ready.isDone()) {
            ready.setResult(null);
        }
    }

    /** Watches the channel no more, unless somebody else does now. */
    private void stop() {
        if (handle.isCancelled()) {
            return;
        }
        if (isToRead) {
            channels.removeReader(channel);
        } else {
            channels.removeWriter(channel);
        }
    }
}
