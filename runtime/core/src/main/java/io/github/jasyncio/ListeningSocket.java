package io.github.jasyncio;

import io.github.jasyncio.transport.Connected;
import io.github.jasyncio.transport.Protocol;
import io.github.jasyncio.transport.Transport;
import java.io.IOException;
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

    /** As many connections wait to be accepted at most, and are accepted in a turn. */
    static final int BACKLOG = 100;

    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    private final EventLoop loop;
    private final ListeningServer server;
    private final ServerSocketChannel channel;
    private final @Nullable SocketFile file;

    ListeningSocket(EventLoop loop, ListeningServer server, ServerSocketChannel channel) {
        this.loop = loop;
        this.server = server;
        this.channel = channel;
        this.file = SocketFile.of(channel);
        loop.channels().own(channel, server);
    }

    ServerSocketChannel channel() {
        return channel;
    }

    void start() {
        if (channel.isOpen()) {
            loop.channels().addReader(channel, new Handle(this, loop.currentVars()));
        }
    }

    /** Accepts what has come. */
    @Override
    public void run() {
        for (int i = 0; i < BACKLOG; i++) {
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
            loop.createTask(new AcceptConnection(accepted));
        }
    }

    /** The system has no file descriptors, say: it would report the same connection again and again, so this looks away for a while. */
    private void rest(IOException failure) {
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("message", "socket.accept() out of system resource");
        context.put("exception", failure);
        context.put("socket", channel);
        loop.callExceptionHandler(context);
        loop.channels().removeReader(channel);
        loop.callLater(RETRY_DELAY, this::start);
    }

    void close() throws IOException {
        loop.channels().close(channel, server);
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

    /** Makes a protocol and a transport of a connection. Semantics: {@code BaseSelectorEventLoop._accept_connection2}. */
    private final class AcceptConnection extends HandWritten<Void> {

        private final SocketChannel accepted;
        private @Nullable Protocol protocol;
        private @Nullable Transport transport;

        AcceptConnection(SocketChannel accepted) {
            super(EventLoop.class, "createServer");
            this.accepted = accepted;
        }

        @Override
        @Nullable
        Object run(io.github.jasyncio.internal.Execution execution) throws Throwable {
            Coroutine<Connected<Transport, Protocol>> making =
                    new MakeTransport<>(loop, "createServer", accepted, server.factory(), this::makeTransport);
            return await(making, (made, failure, e) -> made(failure), execution);
        }

        private SocketTransport makeTransport(Protocol made) {
            protocol = made;
            SocketTransport over = new SocketTransport(loop, accepted, made, server);
            transport = over;
            return over;
        }

        private @Nullable Object made(@Nullable Throwable failure) {
            if (failure instanceof KeyboardInterrupt interrupt) {
                throw interrupt;
            }
            if (failure != null && loop.getDebug()) {
                Map<String, Object> context = new LinkedHashMap<>();
                context.put("message", "Error on transport creation for incoming connection");
                context.put("exception", failure);
                if (protocol != null) {
                    context.put("protocol", protocol);
                }
                if (transport != null) {
                    context.put("transport", transport);
                }
                loop.callExceptionHandler(context);
            }
            return null;
        }
    }
}
