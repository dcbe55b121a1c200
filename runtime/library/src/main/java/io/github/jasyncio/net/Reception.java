package io.github.jasyncio.net;

import io.github.jasyncio.KeyboardInterrupt;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** Hands what comes on a channel to a transport's protocol. Semantics: {@code _SelectorSocketTransport._read_ready}. Loop-confined. */
final class Reception {

    private final ChannelTransport<Protocol> transport;
    private final ReadableByteChannel channel;
    private final String failed;

    /**
     * Receives nothing of its own accord.
     *
     * @param failed what to say when reading fails
     */
    Reception(ChannelTransport<Protocol> transport, ReadableByteChannel channel, String failed) {
        this.transport = transport;
        this.channel = channel;
        this.failed = failed;
    }

    /** Reads once, and tells the protocol; to be called whenever there is something to read. */
    void receive() {
        if (transport.protocol() instanceof BufferedProtocol buffered) {
            receiveInto(buffered);
        } else {
            receiveBytes();
        }
    }

    private void receiveBytes() {
        ByteBuffer into = transport.channels.readBuffer();
        int count = read(into);
        if (count <= 0) {
            return;
        }
        byte[] data = new byte[count];
        into.flip().get(data);
        try {
            transport.protocol().dataReceived(data);
        } catch (KeyboardInterrupt e) {
            throw e;
        } catch (Throwable t) {
            transport.fatalError(t, "Fatal error: protocol.dataReceived() call failed.");
        }
    }

    private void receiveInto(BufferedProtocol buffered) {
        ByteBuffer into;
        try {
            into = buffered.getBuffer(-1);
            if (!into.hasRemaining()) {
                throw new IllegalStateException("getBuffer() gave a buffer without room: " + into);
            }
        } catch (KeyboardInterrupt e) {
            throw e;
        } catch (Throwable t) {
            transport.fatalError(t, "Fatal error: protocol.getBuffer() call failed.");
            return;
        }
        int count = read(into);
        if (count <= 0) {
            return;
        }
        try {
            buffered.bufferUpdated(count);
        } catch (KeyboardInterrupt e) {
            throw e;
        } catch (Throwable t) {
            transport.fatalError(t, "Fatal error: protocol.bufferUpdated() call failed.");
        }
    }

    /** Gives the number of bytes; zero or less if there are none, because of what has been dealt with then. */
    private int read(ByteBuffer into) {
        int count;
        try {
            count = Slices.read(channel, into);
        } catch (KeyboardInterrupt e) {
            throw e;
        } catch (Throwable t) {
            transport.fatalError(t, failed);
            return 0;
        }
        if (count < 0) {
            endOfStream();
        }
        return count;
    }

    private void endOfStream() {
        boolean isKeptOpen;
        try {
            isKeptOpen = transport.protocol().eofReceived();
        } catch (KeyboardInterrupt e) {
            throw e;
        } catch (Throwable t) {
            transport.fatalError(t, "Fatal error: protocol.eofReceived() call failed.");
            return;
        }
        if (isKeptOpen && transport.canOutliveTheEnd()) {
            // A selector would report the end again and again.
            transport.stopReading();
        } else {
            transport.close();
        }
    }
}
