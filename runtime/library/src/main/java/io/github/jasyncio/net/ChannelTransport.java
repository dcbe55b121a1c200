package io.github.jasyncio.net;

import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.internal.Log;
import io.github.jasyncio.internal.channels.ChannelOwner;
import io.github.jasyncio.internal.channels.OwnedChannels;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The life of a transport on a channel, whatever kind it is.
 *
 * <p>Semantics: {@code selector_events._SelectorTransport}. Loop-confined.
 *
 * @param <P> the kind of protocol
 */
abstract class ChannelTransport<P extends BaseProtocol<?>> implements BaseTransport, ChannelOwner {

    /** So many writes on a lost connection are dropped in silence. */
    private static final int LOST_WRITES_BEFORE_WARNING = 5;

    final EventLoop loop;
    final OwnedChannels channels;
    final FlowControl flow;

    private final SelectableChannel channel;
    private final Map<String, Object> extraInfo;
    private final @Nullable ListeningServer server;
    private P protocol;

    // open --close, fatal error--> closing --buffer is empty, abort--> lost: connectionLost is scheduled --> closed
    private boolean isClosing;

    /** Positive once it is lost; counts the writes since then. */
    private int lost;

    private boolean isClosed;
    private boolean isPaused;

    ChannelTransport(
            EventLoop loop,
            SelectableChannel channel,
            P protocol,
            @Nullable SocketAddress peer,
            @Nullable ListeningServer server) {
        this.loop = loop;
        this.flow = new FlowControl(this, loop, this::protocol);
        this.channels = OwnedChannels.of(loop);
        this.channel = channel;
        this.protocol = protocol;
        this.server = server;
        this.extraInfo = new LinkedHashMap<>(Map.of(channel instanceof NetworkChannel ? "socket" : "pipe", channel));
        SocketAddress local = localAddress();
        if (local != null) {
            extraInfo.put("sockname", local);
        }
        if (peer != null) {
            extraInfo.put("peername", peer);
        }
        OwnedChannels.checkOpenAndNonBlocking("a transport", channel);
    }

    private @Nullable SocketAddress localAddress() {
        try {
            return channel instanceof NetworkChannel network ? network.getLocalAddress() : null;
        } catch (IOException e) {
            return null;
        }
    }

    // ------------------------------------------------------------------------------------------------ beginning

    abstract void connectionMade();

    /** Reads once; called whenever there is something to read. */
    abstract void readReady();

    /** Sends what waits in the buffer; called whenever that is possible. */
    abstract void writeReady();

    abstract void clearBuffer();

    /** True if there is something left to do when nothing comes in any more. */
    abstract boolean canOutliveTheEnd();

    /**
     * Takes the channel over: the protocol is told first; then reading begins, and after that goes on who waits for the transport. If this fails,
     * the channel stays where it was.
     *
     * @param before who has the channel
     * @throws IllegalStateException if the server has been closed meanwhile
     */
    final void begin(ChannelOwner before, Future<@Nullable Void> waiter) {
        if (server != null) {
            server.attach(this);
        }
        channels.disown(channel, before);
        channels.own(channel, this);
        callSoon("connectionMade", this::connectionMade);
        callSoon("startReading", this::startReading);
        callSoon("wakeUp", () -> {
            if (!waiter.isDone()) {
                waiter.setResult(null);
            }
        });
    }

    private void startReading() {
        if (!isReading()) {
            return;
        }
        if (channel.isOpen()) {
            channels.watchReading(channel, new Callback("readReady", this::readReady));
        } else {
            fatalError(new ClosedChannelException(), "Fatal error: somebody has closed the channel.");
        }
    }

    final void startWriting() {
        channels.watchWriting(channel, new Callback("writeReady", this::writeReady));
    }

    final void stopReading() {
        channels.removeReader(channel);
    }

    final void stopWriting() {
        channels.removeWriter(channel);
    }

    private void callSoon(String name, Runnable action) {
        loop.callSoon(new Callback(name, action));
    }

    // ------------------------------------------------------------------------------------------------ reading

    /** See {@link Transport#isReading}. */
    public final boolean isReading() {
        return !isClosing && !isPaused && (channel.validOps() & SelectionKey.OP_READ) != 0;
    }

    /** See {@link Transport#pauseReading}. */
    public final void pauseReading() {
        if (isReading()) {
            isPaused = true;
            stopReading();
        }
    }

    /** See {@link Transport#resumeReading}. */
    public final void resumeReading() {
        if (!isClosing && isPaused) {
            isPaused = false;
            startReading();
        }
    }

    // ------------------------------------------------------------------------------------------------ ending

    @Override
    public final void close() {
        if (isClosing) {
            return;
        }
        isClosing = true;
        stopReading();
        if (getWriteBufferSize() == 0) {
            lose(null);
        }
    }

    @Override
    public final void abort() {
        forceClose(null);
    }

    /** After a failure of the connection's, which is the protocol's matter, or of the protocol's, of which the exception handler is told, too. */
    final void fatalError(Throwable failure, String message) {
        if (failure instanceof IOException) {
            if (loop.getDebug()) {
                Log.log(System.Logger.Level.DEBUG, this + ": " + message, failure);
            }
        } else {
            Map<String, Object> context = new LinkedHashMap<>();
            context.put("message", message);
            context.put("exception", failure);
            context.put("transport", this);
            context.put("protocol", protocol);
            loop.callExceptionHandler(context);
        }
        forceClose(failure);
    }

    private void forceClose(@Nullable Throwable failure) {
        if (isLost()) {
            return;
        }
        clearBuffer();
        if (!isClosing) {
            isClosing = true;
            stopReading();
        }
        lose(failure);
    }

    private void lose(@Nullable Throwable failure) {
        lost++;
        stopWriting();
        callSoon("connectionLost", () -> connectionLost(failure));
    }

    /** Tells the protocol that it is over, and closes the channel whatever it answers. */
    void connectionLost(@Nullable Throwable failure) {
        // Not counted yet if it was closed before its buffer was empty; an abort comes too late now.
        lost = Math.max(lost, 1);
        try {
            protocol.connectionLost(failure);
        } finally {
            isClosed = true;
            try {
                channels.close(channel, this);
            } catch (IOException e) {
                Log.log(System.Logger.Level.DEBUG, "cannot close " + this, e);
            }
            if (server != null) {
                server.detach(this);
            }
        }
    }

    /** True once {@code connectionLost} is scheduled. */
    final boolean isLost() {
        return lost > 0;
    }

    /** Somebody has written to a connection that is lost. */
    final void dropWrite() {
        if (lost >= LOST_WRITES_BEFORE_WARNING) {
            Log.log(System.Logger.Level.WARNING, "written to a connection that is lost: " + this);
        }
        lost++;
    }

    // ------------------------------------------------------------------------------------------------ state

    @Override
    public final boolean isClosing() {
        return isClosing;
    }

    final P protocol() {
        return protocol;
    }

    final void useProtocol(P protocol) {
        this.protocol = Objects.requireNonNull(protocol, "setProtocol: a protocol was expected");
    }

    @Override
    public final @Nullable Object getExtraInfo(String name) {
        return extraInfo.get(name);
    }

    @Override
    public final WriteBufferLimits getWriteBufferLimits() {
        return flow.limits();
    }

    @Override
    public final void setWriteBufferLimits(@Nullable Integer high, @Nullable Integer low) {
        flow.setLimits(high, low);
    }

    /** For example {@code <SocketTransport closing peer=/127.0.0.1:80 read=idle write=<polling, bufsize=7>>}. */
    @Override
    public final String toString() {
        Object peer = getExtraInfo("peername");
        return "<" + getClass().getSimpleName()
                + (isClosed ? " closed" : isClosing ? " closing" : "")
                + (peer == null ? "" : " peer=" + peer)
                + " read=" + (channels.hasReader(channel) ? "polling" : "idle")
                + " write=<" + (channels.hasWriter(channel) ? "polling" : "idle")
                + ", bufsize=" + getWriteBufferSize() + ">>";
    }

    /** A callback with a name, for reports of its failure. */
    private final class Callback implements Runnable {

        private final String name;
        private final Runnable action;

        Callback(String name, Runnable action) {
            this.name = name;
            this.action = action;
        }

        @Override
        public void run() {
            action.run();
        }

        @Override
        public String toString() {
            return name + " of " + ChannelTransport.this;
        }
    }
}
