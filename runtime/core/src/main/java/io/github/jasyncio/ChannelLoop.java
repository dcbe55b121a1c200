package io.github.jasyncio;

import java.nio.channels.SelectableChannel;

/**
 * What a loop does with channels: says when they are ready; {@link EventLoop} is what users see of it.
 *
 * <p>Semantics: {@code asyncio.selector_events.BaseSelectorEventLoop}. Loop-confined.
 */
abstract sealed class ChannelLoop extends BaseLoop permits EventLoop {

    ChannelLoop(EventLoop.Builder builder) {
        super(builder);
    }

    // ------------------------------------------------------------------------------------------------ readiness

    /**
     * Runs a callback, in a copy of the current context, in every turn in which {@code channel} can be read, or accepts; instead of the one that
     * did so before.
     *
     * <p>Semantics: {@code loop.add_reader}. In a turn such callbacks stand behind what is ready already and before timers that are due. Remove it
     * before the channel is closed. A loop that watches channels waits with a selector, to whole milliseconds; one {@link EventLoop#over over an
     * executor} lets a daemon thread wait for it.
     *
     * @param channel in non-blocking mode
     * @throws IllegalArgumentException if the channel is blocking or closed, or of a kind that cannot be read
     * @throws IllegalStateException if the loop is closed, or the channel belongs to a transport or server; in debug mode also when called on
     *     another thread
     */
    public final void addReader(SelectableChannel channel, Runnable callback) {
        checkCallback(callback, "addReader");
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
        checkCallback(callback, "addWriter");
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
}
