package io.github.jasyncio.net;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of the network into plain ones and back, by an {@link SSLEngine}. Between calls it holds what has come of a record that is not complete, and
 * nothing else. Loop-confined.
 */
final class TlsRecords {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;

    /** Where what is to be sent goes; it is copied, or sent, at once. */
    private final Consumer<ByteBuffer> network;

    private final ByteQueue received = new ByteQueue();

    TlsRecords(SSLEngine engine, Consumer<ByteBuffer> network) {
        this.engine = engine;
        this.network = network;
    }

    SSLEngine engine() {
        return engine;
    }

    /** Takes what has come from the network; the array becomes its own. */
    void receive(byte[] data) {
        received.add(data);
    }

    boolean hasReceived() {
        return !received.isEmpty();
    }

    /** The first bytes that have come and were not understood. */
    byte[] firstReceived(int count) {
        byte[] all = received.take(received.size());
        received.add(all);
        return Arrays.copyOf(all, Math.min(count, all.length));
    }

    void clear() {
        received.clear();
    }

    // ------------------------------------------------------------------------------------------------ both ways

    /**
     * Does what the engine wants to have done before anything else: computes, and sends what is no application's data.
     *
     * @return true if it wants nothing, false if something must come from the other side first
     */
    boolean advance() throws SSLException {
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> {
                    if (!send(NOTHING)) {
                        return true;
                    }
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    return false;
                }
                case NOT_HANDSHAKING, FINISHED -> {
                    return true;
                }
            }
        }
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    // ------------------------------------------------------------------------------------------------ in

    /**
     * Reads the records that have come, until the engine wants something else, as many as one piece of plain bytes should have are read, or no complete one
     * is left.
     *
     * @return plain bytes; none if there are none in what was read; null if there was no record
     */
    byte @Nullable [] read() throws SSLException {
        ByteBuffer plain = Scratch.take();
        try {
            ByteBuffer records = received.view();
            boolean isAny = false;
            try {
                SSLEngineResult result;
                do {
                    result = engine.unwrap(records, plain);
                    if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW && plain.position() == 0) {
                        plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
                        result = engine.unwrap(records, plain);
                    }
                    isAny |= result.bytesConsumed() > 0 || result.getStatus() == SSLEngineResult.Status.CLOSED;
                } while (result.getStatus() == SSLEngineResult.Status.OK
                        && result.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
                        && records.hasRemaining());
            } finally {
                received.drop(received.size() - records.remaining());
            }
            return isAny ? Arrays.copyOf(plain.array(), plain.position()) : null;
        } finally {
            Scratch.giveBack(plain);
        }
    }

    /** True if the other side has said that nothing more comes. */
    boolean isEnded() {
        return engine.isInboundDone();
    }

    // ------------------------------------------------------------------------------------------------ out

    /**
     * Sends plain bytes, or without any what the engine has to say.
     *
     * @return false if nothing goes out any more
     */
    boolean send(ByteBuffer plain) throws SSLException {
        do {
            ByteBuffer records = Scratch.take();
            try {
                SSLEngineResult result;
                do {
                    result = engine.wrap(plain, records);
                    if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW && records.position() == 0) {
                        records = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
                        result = engine.wrap(plain, records);
                    }
                    if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                        runTasks();
                    }
                } while (result.getStatus() == SSLEngineResult.Status.OK
                        && (plain.hasRemaining() || result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP));
                boolean isAny = records.position() > 0;
                if (isAny) {
                    network.accept(records.flip());
                }
                if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                    plain.position(plain.limit());
                    return isAny;
                }
            } finally {
                Scratch.giveBack(records);
            }
        } while (plain.hasRemaining());
        return true;
    }

    /** Says that nothing more goes out, unless that has been said. */
    void end() throws SSLException {
        engine.closeOutbound();
        while (!engine.isOutboundDone() && send(NOTHING)) {}
    }
}
