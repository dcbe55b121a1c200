package io.github.jasyncio.net;

import io.github.jasyncio.EventLoop;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The reading end of a pipe. Its thread reads a piece, hands it to the loop, and reads the next when the protocol has had it and wants more.
 *
 * <p>Closing it while the thread waits for bytes lets go of the pipe when they come, or when the other side ends: Java cannot take a thread out of
 * a read.
 */
final class ReadPipeTransport extends PipeTransport {

    private static final int PIECE = 64 * 1024;

    private final InputStream input;

    // Guarded by this, as what the thread waits for: may read --a piece is read--> the loop has it --dataReceived-->
    // may read, unless paused
    private boolean mayRead = true;
    private boolean isPaused;
    private boolean isOver;

    ReadPipeTransport(EventLoop loop, Protocol protocol, InputStream input) {
        super(loop, protocol, input);
        this.input = input;
    }

    void start() {
        connect();
        thread("reader", this::pump).start();
    }

    // ------------------------------------------------------------------------------------------------ the thread

    private void pump() {
        byte[] buffer = new byte[PIECE];
        boolean goesOn = true;
        while (goesOn && awaitTurn()) {
            goesOn = readPiece(buffer);
        }
        closeInput();
    }

    private boolean readPiece(byte[] buffer) {
        int count;
        try {
            count = read(buffer);
        } catch (IOException e) {
            tellLoop(() -> ended(isOver() ? null : e));
            return false;
        }
        if (count < 0) {
            tellLoop(() -> ended(null));
            return false;
        }
        byte[] piece = Arrays.copyOf(buffer, count);
        return tellLoop(() -> arrived(piece));
    }

    private int read(byte[] buffer) throws IOException {
        try {
            return input.read(buffer);
        } catch (IOException e) {
            // The JDK exchanges the stream of a process that has ended under its readers: what is left is in the new
            // one.
            if (isOver()) {
                throw e;
            }
            return input.read(buffer);
        }
    }

    private synchronized boolean awaitTurn() {
        while (!isOver && (!mayRead || isPaused)) {
            try {
                wait();
            } catch (InterruptedException e) {
                return false;
            }
        }
        mayRead = false;
        return !isOver;
    }

    private void closeInput() {
        try {
            input.close();
        } catch (IOException e) {
            // Nothing more is wanted of it.
        }
    }

    private synchronized boolean isOver() {
        return isOver;
    }

    // ------------------------------------------------------------------------------------------------ the loop

    private void arrived(byte[] piece) {
        if (!isClosing()) {
            try {
                getProtocol().dataReceived(piece);
            } catch (Throwable t) {
                failed("Fatal error: protocol.data_received() call failed.", t);
                end(t);
                return;
            }
        }
        synchronized (this) {
            mayRead = true;
            notifyAll();
        }
    }

    private void ended(@Nullable IOException failure) {
        if (isClosing()) {
            return;
        }
        if (failure == null) {
            try {
                getProtocol().eofReceived();
            } catch (Throwable t) {
                failed("Fatal error: protocol.eof_received() call failed.", t);
                end(t);
                return;
            }
        }
        end(failure);
    }

    private void end(@Nullable Throwable failure) {
        if (beginClosing()) {
            synchronized (this) {
                isOver = true;
                notifyAll();
            }
            loop.callSoon(() -> lost(failure));
        }
    }

    @Override
    public void close() {
        end(null);
    }

    @Override
    public void abort() {
        end(null);
    }

    @Override
    public synchronized void pauseReading() {
        isPaused = true;
    }

    @Override
    public synchronized void resumeReading() {
        isPaused = false;
        notifyAll();
    }

    @Override
    public synchronized boolean isReading() {
        return !isPaused && !isOver;
    }
}
