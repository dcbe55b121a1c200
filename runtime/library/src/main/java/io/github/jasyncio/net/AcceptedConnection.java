package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.KeyboardInterrupt;
import io.github.jasyncio.internal.Log;
import io.github.jasyncio.internal.channels.ChannelOwner;
import io.github.jasyncio.internal.channels.OwnedChannels;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection that a server has accepted, until a transport has it. Semantics: {@code BaseSelectorEventLoop._accept_connection2}.
 *
 * <p>The channel belongs to this in between, because the task that is to make the transport may be cancelled before its first step, or lost with
 * its loop.
 */
final class AcceptedConnection implements ChannelOwner {

    private final EventLoop loop;
    private final OwnedChannels channels;
    private final ListeningServer server;
    private final SocketChannel channel;
    private @Nullable Protocol protocol;

    /** Whether the task has taken its first step: from there on it closes the channel if anything goes wrong. */
    private boolean isTaken;

    AcceptedConnection(EventLoop loop, ListeningServer server, SocketChannel channel) {
        this.loop = loop;
        this.channels = OwnedChannels.of(loop);
        this.server = server;
        this.channel = channel;
    }

    /** Starts a task for it. */
    void begin() {
        channels.own(channel, this);
        boolean isBegun = false;
        try {
            loop.createTask(serve()).addDoneCallback(task -> {
                if (!isTaken) {
                    close();
                }
            });
            isBegun = true;
        } finally {
            if (!isBegun) {
                close();
            }
        }
    }

    @Async
    private Coroutine<Void> serve() {
        isTaken = true;
        if (server.isClosed()) {
            close();
            return Coroutine.done();
        }
        try {
            if (server.options().keepAlive()) {
                channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            }
            Supplier<Protocol> factory = this::makeProtocol;
            await(Transports.over(channel, this, factory, server));
        } catch (KeyboardInterrupt e) {
            throw e;
        } catch (Throwable t) {
            report(t);
        }
        return Coroutine.done();
    }

    private Protocol makeProtocol() {
        Protocol made = server.factory().get();
        protocol = made;
        return made;
    }

    /** Not of what is no fault of anybody's: a task that was cancelled, a server that was closed meanwhile. asyncio tells in debug mode only. */
    private void report(Throwable failure) {
        if (!loop.getDebug() && (failure instanceof CancelledError || server.isClosed())) {
            return;
        }
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("message", "Error on transport creation for incoming connection");
        context.put("exception", failure);
        if (protocol != null) {
            context.put("protocol", protocol);
        }
        loop.callExceptionHandler(context);
    }

    private void close() {
        try {
            channels.close(channel, this);
        } catch (IOException e) {
            Log.log(System.Logger.Level.DEBUG, "cannot close " + this, e);
        }
    }

    /** For example {@code <accepted connection from /127.0.0.1:4711>}. */
    @Override
    public String toString() {
        try {
            return "<accepted connection from " + channel.getRemoteAddress() + ">";
        } catch (IOException e) {
            return "<accepted connection, closed>";
        }
    }
}
