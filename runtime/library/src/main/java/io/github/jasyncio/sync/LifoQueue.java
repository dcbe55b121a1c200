package io.github.jasyncio.sync;

/**
 * A queue that hands out the item that came last.
 *
 * <p>Semantics: {@code asyncio.LifoQueue}.
 *
 * @param <T> the type of the items
 */
public final class LifoQueue<T> extends Queue<T> {

    /** A queue without a maximum size. */
    public LifoQueue() {
        this(0);
    }

    /**
     * A queue that holds {@code maxSize} items.
     *
     * @param maxSize zero or negative for no maximum
     */
    public LifoQueue(int maxSize) {
        super(maxSize, new Items.Lifo<>());
    }
}
