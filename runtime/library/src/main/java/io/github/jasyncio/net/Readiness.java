package io.github.jasyncio.net;

import io.github.jasyncio.Asyncio;
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
final class Readiness {

    private Readiness() {}

    /** Done when a channel can be read, or accepts. */
    static Future<@Nullable Void> toRead(String operation, SelectableChannel channel) {
        EventLoop loop = Asyncio.getRunningLoop();
        OwnedChannels channels = OwnedChannels.of(loop);
        channels.checkFree(operation, channel);
        Future<@Nullable Void> ready = loop.createFuture();
        Handle handle = channels.watchReading(channel, () -> isReady(ready));
        ready.addDoneCallback(done -> {
            // Cancelled if somebody else watches the channel now.
            if (!handle.isCancelled()) {
                channels.removeReader(channel);
            }
        });
        return ready;
    }

    /** Done when a channel can be written to, or has connected. */
    static Future<@Nullable Void> toWrite(String operation, SelectableChannel channel) {
        EventLoop loop = Asyncio.getRunningLoop();
        OwnedChannels.of(loop).checkFree(operation, channel);
        return toWrite(loop, channel);
    }

    /** The same for the channel's owner. */
    static Future<@Nullable Void> toWrite(EventLoop loop, SelectableChannel channel) {
        OwnedChannels channels = OwnedChannels.of(loop);
        Future<@Nullable Void> ready = loop.createFuture();
        Handle handle = channels.watchWriting(channel, () -> isReady(ready));
        ready.addDoneCallback(done -> {
            if (!handle.isCancelled()) {
                channels.removeWriter(channel);
            }
        });
        return ready;
    }

    private static void isReady(Future<@Nullable Void> ready) {
        if (!ready.isDone()) {
            ready.setResult(null);
        }
    }
}
