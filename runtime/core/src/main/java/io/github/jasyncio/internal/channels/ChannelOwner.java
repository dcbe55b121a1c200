package io.github.jasyncio.internal.channels;

/** Whose business a channel is alone: a transport, a server, or somebody who is about to make one. */
public interface ChannelOwner {

    /** True if somebody else may have the channel already. */
    default boolean isClosing() {
        return false;
    }
}
