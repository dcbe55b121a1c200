package io.github.jasyncio.testing.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection: bytes arrive in order and complete, or late, or, if nothing gets through for a quarter of an hour, not at all.
 *
 * <p>What TCP does about lost packets is simulated by its effect: they arrive later, and what comes behind them waits.
 */
final class Flow {

    /** How many bytes may be on their way or unread. */
    static final int CAPACITY = 256 * 1024;

    private static final long MILLIS = 1_000_000;

    /** How long it takes to notice that a packet was lost, at first; twice as long each time. */
    private static final long RETRANSMISSION_NANOS = 200 * MILLIS;

    private static final long LONGEST_RETRANSMISSION_NANOS = 60_000 * MILLIS;

    /** After so long without an answer TCP gives up. */
    private static final long GIVE_UP_NANOS = 900_000 * MILLIS;

    /** What is sent at once: bytes, or the end. */
    private static final class Segment {

        private final byte @Nullable [] bytes;
        private long arrivesNanos;
        private long retransmissionNanos = RETRANSMISSION_NANOS;

        Segment(byte @Nullable [] bytes, long arrivesNanos) {
            this.bytes = bytes;
            this.arrivesNanos = arrivesNanos;
        }
    }

    private final World world;
    private final StreamSocket sender;
    private final StreamSocket receiver;
    private final Deque<Segment> underway = new ArrayDeque<>();
    private final Deque<ByteBuffer> arrived = new ArrayDeque<>();
    private int outstanding;
    private long lastArrivalNanos;
    private boolean hasEnded;

    Flow(World world, StreamSocket sender, StreamSocket receiver) {
        this.world = world;
        this.sender = sender;
        this.receiver = receiver;
    }

    // ------------------------------------------------------------------------------------------------ sending

    int room() {
        return CAPACITY - outstanding;
    }

    /** Takes what there is room for; tells how much. */
    int send(ByteBuffer data) {
        int count = Math.min(data.remaining(), room());
        if (count > 0) {
            byte[] bytes = new byte[count];
            data.get(bytes);
            outstanding += count;
            send(bytes);
        }
        return count;
    }

    /** No bytes come behind these. */
    void sendEnd() {
        send((byte[]) null);
    }

    private void send(byte @Nullable [] bytes) {
        Station from = sender.station();
        Station to = receiver.station();
        long arrival = world.arrival(from, to, bytes == null ? 0 : bytes.length);
        Segment segment = new Segment(bytes, arrival);
        while (world.isLost(from, to) && segment.retransmissionNanos < LONGEST_RETRANSMISSION_NANOS) {
            segment.arrivesNanos += segment.retransmissionNanos;
            segment.retransmissionNanos *= 2;
        }
        lastArrivalNanos = Math.max(lastArrivalNanos, segment.arrivesNanos);
        segment.arrivesNanos = lastArrivalNanos;
        segment.retransmissionNanos = RETRANSMISSION_NANOS;
        underway.add(segment);
        if (underway.size() == 1) {
            world.wire.at(segment.arrivesNanos, this::arrives);
        }
    }

    private void arrives() {
        Segment segment = underway.peek();
        if (segment == null) {
            return; // the connection was reset meanwhile
        }
        if (!world.isOpen(sender.station(), receiver.station())) {
            sendAgain(segment);
            return;
        }
        underway.remove();
        take(segment);
        Segment next = underway.peek();
        if (next != null) {
            world.wire.at(Math.max(next.arrivesNanos, world.wire.now()), this::arrives);
        }
    }

    private void sendAgain(Segment segment) {
        long now = world.wire.now();
        if (now - segment.arrivesNanos >= GIVE_UP_NANOS) {
            underway.clear();
            sender.fails(new IOException("Connection timed out"));
            return;
        }
        world.wire.at(now + segment.retransmissionNanos, this::arrives);
        segment.retransmissionNanos = Math.min(2 * segment.retransmissionNanos, LONGEST_RETRANSMISSION_NANOS);
    }

    private void take(Segment segment) {
        if (!receiver.knowsOf(this)) {
            refuse();
        } else if (segment.bytes == null) {
            hasEnded = true;
            receiver.bell().ring();
        } else {
            arrived.add(ByteBuffer.wrap(segment.bytes));
            receiver.bell().ring();
        }
    }

    /** Nobody is there any more who could read it: the sender is told. */
    void refuse() {
        underway.clear();
        Station from = receiver.station();
        Station to = sender.station();
        world.wire.at(world.arrival(from, to, 0), () -> {
            if (world.isOpen(from, to)) {
                sender.failsByReset();
            }
        });
    }

    /** Drops what is on its way. */
    void stop() {
        underway.clear();
    }

    // ------------------------------------------------------------------------------------------------ receiving

    boolean hasSomething() {
        return hasEnded || !arrived.isEmpty();
    }

    boolean hasUnread() {
        return !arrived.isEmpty();
    }

    /** As a channel's read does it. */
    int receive(ByteBuffer into) throws IOException {
        int count = 0;
        while (into.hasRemaining() && !arrived.isEmpty()) {
            ByteBuffer first = arrived.element();
            int part = Math.min(first.remaining(), into.remaining());
            into.put(into.position(), first, first.position(), part);
            into.position(into.position() + part);
            first.position(first.position() + part);
            if (!first.hasRemaining()) {
                arrived.remove();
            }
            count += part;
        }
        if (count > 0) {
            outstanding -= count;
            sender.bell().ring();
        }
        return count == 0 && hasEnded && arrived.isEmpty() && into.hasRemaining() ? -1 : count;
    }
}
