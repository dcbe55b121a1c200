package io.github.jasyncio.internal.channels;

import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Handle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;

/**
 * The channels of a loop, for those who own some: what users may do with channels, without asking whose they are, and the owning.
 *
 * <p>A channel that belongs to an owner is nobody else's business, and is closed with the loop at the latest. Loop-confined.
 */
public interface OwnedChannels {

    /** Those of a loop. */
    static OwnedChannels of(EventLoop loop) {
        return LoopChannels.of(loop);
    }

    /**
     * Refuses channels that are closed or blocking.
     *
     * @throws IllegalArgumentException if it is one of them
     */
    static void checkOpenAndNonBlocking(String operation, SelectableChannel channel) {
        if (!channel.isOpen()) {
            throw new IllegalArgumentException(operation + ": the channel is closed: " + channel);
        }
        if (channel.isBlocking()) {
            throw new IllegalArgumentException(operation
                    + ": the channel must be non-blocking (channel.configureBlocking(false) before): " + channel);
        }
    }

    /**
     * Gives a channel to an owner.
     *
     * @throws IllegalStateException if it belongs to one that is not closing
     */
    void own(SelectableChannel channel, ChannelOwner owner);

    /** Ends what {@link #own} began; does nothing if another one has got it meanwhile. */
    void disown(SelectableChannel channel, ChannelOwner owner);

    /** {@link #disown Disowns}, watches no more, and closes the channel, also if it belongs to nobody. */
    void close(SelectableChannel channel, ChannelOwner owner) throws IOException;

    /** How many channels have an owner. */
    int ownedCount();

    /**
     * Refuses channels that belong to somebody.
     *
     * @throws IllegalStateException if it belongs to an owner that is not closing
     */
    void checkFree(String operation, SelectableChannel channel);

    /** Calls {@code callback}, in a copy of the current context, whenever a channel can be read, or accepts; what was called before is cancelled. */
    Handle watchReading(SelectableChannel channel, Runnable callback);

    /** The same whenever it can be written to, or has connected. */
    Handle watchWriting(SelectableChannel channel, Runnable callback);

    /** Ends {@link #watchReading}; false if there was nothing to end. */
    boolean removeReader(SelectableChannel channel);

    /** Ends {@link #watchWriting}; false if there was nothing to end. */
    boolean removeWriter(SelectableChannel channel);

    /** True while something is called when it can be read. */
    boolean hasReader(SelectableChannel channel);

    /** True while something is called when it can be written to. */
    boolean hasWriter(SelectableChannel channel);

    /** An empty buffer outside of the heap, to read into and to be emptied before anything else happens: there is one for the whole loop. */
    ByteBuffer readBuffer();
}
