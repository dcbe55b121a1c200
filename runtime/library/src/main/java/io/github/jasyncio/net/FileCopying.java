package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Sends a file through a transport that has to see its bytes, as TLS has; stands in for the transport's protocol meanwhile, to be told when to go on.
 *
 * <p>Semantics: {@code base_events._sendfile_fallback}. Loop-confined.
 */
final class FileCopying implements Protocol {

    /** asyncio's {@code SENDFILE_FALLBACK_READBUFFER_SIZE}. */
    private static final int PIECE = 256 * 1024;

    private final EventLoop loop;
    private final Transport transport;
    private final Protocol protocol;
    private final boolean wasPaused;
    private boolean isPaused;

    /** Done when more can be written; there is one while this waits for that. */
    private @Nullable Future<Void> writable;

    /**
     * Nothing is sent yet, nor is the protocol's place taken.
     *
     * @param isPaused whether the protocol has been told to write no more for now
     */
    FileCopying(EventLoop loop, Transport transport, boolean isPaused) {
        this.loop = loop;
        this.transport = transport;
        this.protocol = transport.getProtocol();
        this.wasPaused = isPaused;
        this.isPaused = isPaused;
    }

    @Async
    Coroutine<Long> send(FileChannel file, long offset, long count) throws IOException {
        if (transport.isClosing()) {
            throw new IllegalStateException("sendFile: the transport is closing: " + transport);
        }
        if (protocol instanceof FileCopying) {
            throw new IllegalStateException("sendFile is in progress already: " + transport);
        }
        boolean isToResume = transport.isReading();
        transport.pauseReading();
        transport.setProtocol(this);
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, count));
        long sent = 0;
        try {
            while (sent < count) {
                piece.clear().limit((int) Math.min(piece.capacity(), count - sent));
                if (file.read(piece, offset + sent) < 0) {
                    break;
                }
                await(drained());
                sent += piece.flip().remaining();
                transport.write(piece);
                // Each time, so that it is right after a failure or a cancellation.
                file.position(offset + sent);
            }
        } finally {
            restore(isToResume);
        }
        return Coroutine.of(sent);
    }

    @Async
    private Coroutine<Void> drained() throws IOException {
        if (transport.isClosing()) {
            throw new IOException("connection closed: " + transport);
        }
        if (isPaused) {
            Future<Void> waiter = loop.createFuture();
            writable = waiter;
            try {
                await(waiter);
            } finally {
                writable = null;
            }
        }
        return Coroutine.done();
    }

    /** Gives the protocol its place back, and tells it what it has not heard. */
    private void restore(boolean isToResume) {
        transport.setProtocol(protocol);
        if (isToResume) {
            transport.resumeReading();
        }
        if (wasPaused && !isPaused) {
            protocol.resumeWriting();
        } else if (!wasPaused && isPaused) {
            protocol.pauseWriting();
        }
    }

    @Override
    public void pauseWriting() {
        isPaused = true;
    }

    @Override
    public void resumeWriting() {
        isPaused = false;
        if (writable != null && !writable.isDone()) {
            writable.setResult(null);
        }
    }

    @Override
    public boolean eofReceived() {
        return protocol.eofReceived();
    }

    @Override
    public void connectionLost(@Nullable Throwable failure) {
        if (writable != null && !writable.isDone()) {
            writable.setException(failure != null ? failure : new IOException("connection closed: " + transport));
        }
        protocol.connectionLost(failure);
    }
}
