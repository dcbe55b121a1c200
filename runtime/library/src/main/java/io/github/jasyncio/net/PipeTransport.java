package io.github.jasyncio.net;

import io.github.jasyncio.EventLoop;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One end of a pipe that knows no non-blocking mode: a thread does the waiting, and is not seen from outside.
 *
 * <p>Semantics: {@code unix_events._UnixReadPipeTransport} and {@code _UnixWritePipeTransport}. Loop-confined, but for the thread's own methods.
 *
 * <p>The thread is a daemon of the platform's and not a virtual one: a blocked read of a pipe holds its carrier, and a few hundred of them would stop all
 * others.
 */
abstract class PipeTransport implements Transport {

    final EventLoop loop;
    private Protocol protocol;
    private final Object pipe;

    // open --close, abort, the end, a failure--> closing --the pipe is closed--> closed: connectionLost has been called
    private boolean isClosing;
    private boolean isClosed;

    PipeTransport(EventLoop loop, Protocol protocol, Object pipe) {
        this.loop = loop;
        this.protocol = protocol;
        this.pipe = pipe;
    }

    /** Calls the protocol for the first time. */
    final void connect() {
        protocol.connectionMade(this);
    }

    final Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, "jasyncio-pipe-" + name);
        thread.setDaemon(true);
        return thread;
    }

    /** On the thread: hands something to the loop; false if there is no loop any more. */
    final boolean tellLoop(Runnable what) {
        try {
            loop.callSoonThreadsafe(what);
            return true;
        } catch (IllegalStateException | RejectedExecutionException e) {
            return false; // closed, or its executor takes no turns any more
        }
    }

    /** From now on it is closing; true the first time. */
    final boolean beginClosing() {
        boolean isFirst = !isClosing;
        isClosing = true;
        return isFirst;
    }

    /** The pipe is closed: tells the protocol, once. */
    final void lost(@Nullable Throwable failure) {
        isClosing = true;
        if (!isClosed) {
            isClosed = true;
            protocol.connectionLost(failure);
        }
    }

    final void failed(String what, Throwable failure) {
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("message", what);
        context.put("exception", failure);
        context.put("transport", this);
        context.put("protocol", protocol);
        loop.callExceptionHandler(context);
    }

    @Override
    public final boolean isClosing() {
        return isClosing;
    }

    @Override
    public final Protocol getProtocol() {
        return protocol;
    }

    @Override
    public final void setProtocol(Protocol protocol) {
        this.protocol = protocol;
    }

    @Override
    public final @Nullable Object getExtraInfo(String name) {
        return name.equals("pipe") ? pipe : null;
    }

    // What only one of the two ends can do; each overrides its own.

    @Override
    public void write(ByteBuffer data) {
        throw new UnsupportedOperationException("write: nothing can be written to the reading end of a pipe: " + this);
    }

    @Override
    public void writeEof() {
        throw new UnsupportedOperationException("writeEof: this is the reading end of a pipe: " + this);
    }

    @Override
    public boolean canWriteEof() {
        return false;
    }

    @Override
    public void pauseReading() {}

    @Override
    public void resumeReading() {}

    @Override
    public boolean isReading() {
        return false;
    }

    @Override
    public long getWriteBufferSize() {
        return 0;
    }

    @Override
    public WriteBufferLimits getWriteBufferLimits() {
        return new WriteBufferLimits(0, 0);
    }

    @Override
    public void setWriteBufferLimits(@Nullable Integer high, @Nullable Integer low) {}

    @Override
    public String toString() {
        return "<" + getClass().getSimpleName() + (isClosed ? " closed" : isClosing ? " closing" : "") + " " + pipe
                + ">";
    }
}
