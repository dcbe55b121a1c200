package io.github.jasyncio.testing.network;

import io.github.jasyncio.EventLoop;
import io.github.jasyncio.TimerHandle;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What is on its way, by the time at which it arrives and then by the time at which it left: one timer of the loop's for all of it. */
public final class Wire {

    /** How its timer describes itself, to be told from those of programs. */
    public static final String WHAT_IT_DOES = "delivery by a simulated network";

    private record Arrival(long atNanos, long number, Runnable what) implements Comparable<Arrival> {
        @Override
        public int compareTo(Arrival other) {
            return atNanos != other.atNanos ? Long.compare(atNanos, other.atNanos) : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Arrival> arrivals = new PriorityQueue<>();
    private long sent;
    private @Nullable TimerHandle timer;
    private long timerNanos;

    /** The loop on which the world turns: that of whoever sends first. */
    private @Nullable EventLoop loop;

    long now() {
        EventLoop here = loop();
        return here == null ? 0 : here.time();
    }

    /** Null if the last one is closed, and no other runs: then its sockets are being closed, and nobody is there to whom anything could come. */
    private @Nullable EventLoop loop() {
        EventLoop known = loop;
        if (known == null || known.isClosed()) {
            known = EventLoop.running();
            loop = known;
            // What was on its way belongs to another time.
            arrivals.clear();
            timer = null;
        }
        return known;
    }

    /** Does {@code what} when the time has come. */
    void at(long nanos, Runnable what) {
        EventLoop here = loop();
        if (here != null) {
            arrivals.add(new Arrival(nanos, sent++, what));
            setTimer(here);
        }
    }

    private void setTimer(EventLoop here) {
        Arrival next = arrivals.peek();
        if (next == null || (timer != null && timerNanos <= next.atNanos)) {
            return;
        }
        if (timer != null) {
            timer.cancel();
        }
        timerNanos = next.atNanos;
        timer = here.callAt(timerNanos, new Delivery(this));
    }

    private void deliver() {
        timer = null;
        long now = now();
        Arrival next = arrivals.peek();
        while (next != null && next.atNanos <= now) {
            arrivals.remove();
            next.what.run();
            next = arrivals.peek();
        }
        EventLoop here = loop();
        if (here != null) {
            setTimer(here);
        }
    }

    /** The timer's callback, a class of its own so that it can be told from those of programs. */
    private record Delivery(Wire wire) implements Runnable {
        @Override
        public void run() {
            wire.deliver();
        }

        @Override
        public String toString() {
            return WHAT_IT_DOES;
        }
    }
}
