package io.github.jasyncio.samples.benchmarks.futures;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue of futures.
 *
 * @param <T> the type of the items
 */
public final class HandQueue<T> {

    private final HandLoop loop;
    private final int capacity;
    private final CompletableFuture<Integer> hasRoom = CompletableFuture.completedFuture(1);
    private final ArrayDeque<T> items = new ArrayDeque<>();
    private final ArrayDeque<CompletableFuture<T>> getters = new ArrayDeque<>();
    private final ArrayDeque<Offer<T>> offers = new ArrayDeque<>();

    public HandQueue(HandLoop loop, int capacity) {
        this.loop = loop;
        this.capacity = capacity;
    }

    /** Puts an item in, when there is room; the future is 1 when it is in. */
    public CompletableFuture<Integer> put(T item) {
        CompletableFuture<T> getter = getters.poll();
        if (getter != null) {
            loop.complete(getter, item);
            return hasRoom;
        }
        if (items.size() < capacity) {
            items.add(item);
            return hasRoom;
        }
        Offer<T> offer = new Offer<>(item);
        offers.add(offer);
        return offer.isIn;
    }

    /** Takes an item out, when there is one. */
    public CompletableFuture<T> get() {
        @Nullable T item = items.poll();
        if (item == null) {
            CompletableFuture<T> getter = new CompletableFuture<>();
            getters.add(getter);
            return getter;
        }
        Offer<T> offer = offers.poll();
        if (offer != null) {
            items.add(offer.item);
            loop.complete(offer.isIn, 1);
        }
        return CompletableFuture.completedFuture(item);
    }

    private static final class Offer<T> {

        private final T item;
        private final CompletableFuture<Integer> isIn = new CompletableFuture<>();

        Offer(T item) {
            this.item = item;
        }
    }
}
