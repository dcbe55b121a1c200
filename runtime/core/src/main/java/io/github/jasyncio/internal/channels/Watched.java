package io.github.jasyncio.internal.channels;

import io.github.jasyncio.Handle;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A channel that a selector knows: who is called when it is ready, and what the selector was told of that. Loop-confined.
 *
 * <p>The selector may have been told more: who waits for a channel once does so again as a rule, and telling costs a call of the system.
 */
final class Watched {

    static final int READABLE = SelectionKey.OP_READ | SelectionKey.OP_ACCEPT;
    static final int WRITABLE = SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT;

    final SelectableChannel channel;

    @Nullable
    Handle reader;

    @Nullable
    Handle writer;

    /** Whether the selector is to be told that less is wanted, before it next waits. */
    boolean isStale;

    private @Nullable SelectionKey key;
    private int told;
    private boolean wasUnwanted;

    Watched(SelectableChannel channel) {
        this.channel = channel;
    }

    boolean isWaitedFor() {
        return reader != null || writer != null;
    }

    private int wanted() {
        return channel.validOps() & ((reader == null ? 0 : READABLE) | (writer == null ? 0 : writable()));
    }

    /** A channel that is connected stays so; asking for both would make some systems' selectors spin. */
    private int writable() {
        return channel instanceof SocketChannel socket && socket.isConnected() ? SelectionKey.OP_WRITE : WRITABLE;
    }

    void registered(SelectionKey key) {
        this.key = key;
        tellExactly();
    }

    /** True if the channel was closed. */
    boolean isGone() {
        return key != null && !key.isValid();
    }

    /**
     * Tells the selector what it has to know.
     *
     * @throws java.nio.channels.CancelledKeyException if the channel is closed
     */
    void tell() {
        wasUnwanted = false;
        int wanted = wanted();
        boolean isCovered =
                (told & wanted) == wanted && (told & SelectionKey.OP_CONNECT) == (wanted & SelectionKey.OP_CONNECT);
        if (!isCovered) {
            tellExactly();
        }
    }

    /** Tells the selector what is wanted, and no more. */
    void tellExactly() {
        int wanted = wanted();
        if (key != null && told != wanted) {
            key.interestOps(wanted);
            told = wanted;
        }
    }

    void cancel() {
        if (key != null) {
            key.cancel();
        }
    }

    /** The selector has reported what nobody waits for: once that is cheaper than to tell, again and again it would not be. */
    void wasUnwanted() {
        if (wasUnwanted && !isGone()) {
            tellExactly();
        }
        wasUnwanted = true;
    }
}
