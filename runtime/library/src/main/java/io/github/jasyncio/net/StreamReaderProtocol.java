package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a stream reader with what a transport receives, and holds up who writes too much.
 *
 * <p>Semantics: {@code asyncio.StreamReaderProtocol}. Holds its reader, and so the writer, weakly: who has lost both has lost the connection. Loop-confined.
 */
final class StreamReaderProtocol implements Protocol {

    private final EventLoop loop;
    private final @Nullable StreamHandler handler;
    private final @Nullable String madeAt;

    /** Until the connection is made nobody else may have it. */
    private @Nullable StreamReader unconnected;

    private final WeakReference<StreamReader> reader;
    private @Nullable Transport transport;
    private @Nullable LostStream lostStream;

    // resumed --pauseWriting--> paused --resumeWriting--> resumed; any --connectionLost--> lost
    private boolean isPaused;
    private boolean isLost;

    /** What the connection was lost by; null if it was closed in order. */
    private @Nullable Throwable failure;

    private @Nullable ArrayDeque<Future<Void>> drainWaiters;
    private @Nullable ArrayDeque<Future<Void>> closeWaiters;

    /**
     * The protocol of a connection.
     *
     * @param handler what a server does with it; null for a client's
     * @param madeAt where the connection, or the server, was made, if that is known
     */
    StreamReaderProtocol(EventLoop loop, int limit, @Nullable StreamHandler handler, @Nullable String madeAt) {
        this.loop = loop;
        this.handler = handler;
        this.madeAt = madeAt;
        StreamReader unconnected = new StreamReader(limit, loop);
        this.unconnected = unconnected;
        this.reader = new WeakReference<>(unconnected);
    }

    /** True if a server accepted the connection. */
    boolean isServing() {
        return handler != null;
    }

    // ------------------------------------------------------------------------------------------------ beginning

    @Override
    public void connectionMade(Transport transport) {
        this.transport = transport;
        if (handler != null) {
            StreamConnection streams = streams();
            serve(handler, streams.reader(), streams.writer());
        } else if (unconnected != null) {
            unconnected.useTransport(transport);
        }
    }

    /** Hands out the two ends, once, when the connection is made. */
    StreamConnection streams() {
        StreamReader reader = unconnected;
        Transport transport = this.transport;
        if (reader == null || transport == null) {
            throw new IllegalStateException(
                    "the connection is not made, or its streams have been handed out: " + transport);
        }
        unconnected = null;
        StreamWriter writer = new StreamWriter(transport, this, reader);
        reader.useTransport(transport);
        reader.use(writer);
        if (!isLost) {
            lostStream = LostStream.watch(writer, this, madeAt);
        }
        return new StreamConnection(reader, writer);
    }

    private void serve(StreamHandler handler, StreamReader reader, StreamWriter writer) {
        Task<Void> task = loop.createTask(async(() -> handler.handle(reader, writer)));
        task.addDoneCallback(done -> {
            Transport transport = writer.transport();
            if (done.isCancelled()) {
                transport.close();
                return;
            }
            Throwable failure = done.exception();
            if (failure != null) {
                Map<String, Object> context = new LinkedHashMap<>();
                context.put("message", "Unhandled exception in client_connected_cb");
                context.put("exception", failure);
                context.put("transport", transport);
                loop.callExceptionHandler(context);
                transport.close();
            }
        });
    }

    /** From now on another transport moves the bytes. */
    void replaceTransport(Transport transport) {
        this.transport = transport;
        StreamReader reader = this.reader.get();
        if (reader != null) {
            reader.useTransport(transport);
        }
    }

    // ------------------------------------------------------------------------------------------------ reading

    @Override
    public void dataReceived(byte[] data) {
        StreamReader reader = this.reader.get();
        if (reader != null) {
            reader.feed(data);
        }
    }

    @Override
    public boolean eofReceived() {
        StreamReader reader = this.reader.get();
        if (reader != null) {
            reader.feedEof();
        }
        Transport transport = this.transport;
        // With TLS the end of one direction is the end of both.
        return transport == null || transport.getExtraInfo("sslcontext") == null;
    }

    // ------------------------------------------------------------------------------------------------ writing

    @Override
    public void pauseWriting() {
        isPaused = true;
    }

    @Override
    public void resumeWriting() {
        isPaused = false;
        wakeUp(drainWaiters, null);
    }

    /** True if {@link #drained} would suspend or fail. */
    boolean isHeldUp() {
        return isPaused || isLost;
    }

    /** Waits while writing is paused. */
    @Async
    Coroutine<Void> drained(String operation) throws IOException {
        if (isLost) {
            throw new SocketException(operation + ": the connection is lost: " + transport);
        }
        if (!isPaused) {
            return Coroutine.done();
        }
        ArrayDeque<Future<Void>> waiters = drainWaiters;
        if (waiters == null) {
            waiters = new ArrayDeque<>(2);
            drainWaiters = waiters;
        }
        Future<Void> waiter = loop.createFuture();
        waiters.add(waiter);
        try {
            await(waiter);
        } finally {
            waiters.remove(waiter);
        }
        return Coroutine.done();
    }

    // ------------------------------------------------------------------------------------------------ ending

    @Override
    public void connectionLost(@Nullable Throwable failure) {
        this.failure = failure;
        StreamReader reader = this.reader.get();
        if (reader != null) {
            if (failure == null) {
                reader.feedEof();
            } else if (failure instanceof TruncatedException) {
                reader.feedBadEnd(failure);
            } else {
                reader.setException(failure);
            }
        }
        isLost = true;
        wakeUp(closeWaiters, failure);
        if (isPaused) {
            wakeUp(drainWaiters, failure);
        }
        LostStream watched = lostStream;
        if (watched != null) {
            watched.settle();
            lostStream = null;
        }
    }

    private static void wakeUp(@Nullable ArrayDeque<Future<Void>> waiters, @Nullable Throwable failure) {
        if (waiters == null) {
            return;
        }
        for (Future<Void> waiter : waiters) {
            if (!waiter.isDone()) {
                if (failure == null) {
                    waiter.setResult(null);
                } else {
                    waiter.setException(failure);
                }
            }
        }
    }

    /** Waits until the connection is lost, and fails with what it was lost by. */
    @Async
    Coroutine<Void> closed() {
        if (!isLost) {
            ArrayDeque<Future<Void>> waiters = closeWaiters;
            if (waiters == null) {
                waiters = new ArrayDeque<>(2);
                closeWaiters = waiters;
            }
            Future<Void> waiter = loop.createFuture();
            waiters.add(waiter);
            try {
                await(waiter);
            } finally {
                waiters.remove(waiter);
            }
        } else if (failure != null) {
            throw Rethrown.of(failure);
        }
        return Coroutine.done();
    }

    /** The loop on which the connection is. */
    EventLoop loop() {
        return loop;
    }

    /** What moves the bytes; null before the connection is made. */
    @Nullable
    Transport transport() {
        return transport;
    }

    @Override
    public String toString() {
        return "<StreamReaderProtocol" + (isServing() ? " serving" : "") + ">";
    }
}
