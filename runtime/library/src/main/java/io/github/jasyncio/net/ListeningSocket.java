package io.github.jasyncio.net;

import io.github.jasyncio.EventLoop;
import io.github.jasyncio.TimerHandle;
import io.github.jasyncio.internal.channels.OwnedChannels;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of a server's sockets, whose connections it accepts. Semantics: {@code BaseSelectorEventLoop._accept_connection}. Loop-confined.
 */
final class ListeningSocket implements Runnable {

    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    private final EventLoop loop;
    private final ListeningServer server;
    private final OwnedChannels channels;
    private final ServerSocketChannel channel;
    private final @Nullable SocketFile file;

    /** Ends its looking away; null while it looks. */
    private @Nullable TimerHandle resting;

    ListeningSocket(EventLoop loop, ListeningServer server, ServerSocketChannel channel) {
        this.loop = loop;
        this.server = server;
        this.channel = channel;
        this.file = SocketFile.of(channel);
        this.channels = OwnedChannels.of(loop);
    }

    void own() {
        channels.own(channel, server);
    }

    ServerSocketChannel channel() {
        return channel;
    }

    void start() {
        resting = null;
        if (channel.isOpen()) {
            channels.watchReading(channel, this);
        }
    }

    /** Accepts what has come. */
    @Override
    public void run() {
        if (!channel.isOpen()) {
            tell("a listening socket was closed, and not by its server", new ClosedChannelException());
            server.lost(this);
            return;
        }
        // An eager task may close the server in between.
        for (int i = 0; i < server.options().backlog() && channel.isOpen(); i++) {
            SocketChannel accepted;
            try {
                accepted = channel.accept();
            } catch (IOException e) {
                rest(e);
                return;
            }
            if (accepted == null) {
                return;
            }
            new AcceptedConnection(loop, server, accepted).begin();
        }
    }

    /** The system has no file descriptors, say: it would report the same connection again and again, so this looks away for a while. */
    private void rest(IOException failure) {
        tell("socket.accept() out of system resource", failure);
        channels.removeReader(channel);
        resting = loop.callLater(RETRY_DELAY, this::start);
    }

    private void tell(String message, IOException failure) {
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("message", message);
        context.put("exception", failure);
        context.put("socket", channel);
        loop.callExceptionHandler(context);
    }

    void close() throws IOException {
        if (resting != null) {
            resting.cancel();
        }
        channels.close(channel, server);
        if (file != null) {
            file.delete();
        }
    }

    @Override
    public String toString() {
        try {
            return String.valueOf(channel.getLocalAddress());
        } catch (IOException e) {
            return "closed";
        }
    }
}
