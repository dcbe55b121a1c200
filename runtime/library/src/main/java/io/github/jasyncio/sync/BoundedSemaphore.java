package io.github.jasyncio.sync;

/**
 * A semaphore that never has more permits than in the beginning.
 *
 * <p>Semantics: {@code asyncio.BoundedSemaphore}.
 */
public final class BoundedSemaphore extends Semaphore {

    private final int bound;

    /** A bounded semaphore with one permit. */
    public BoundedSemaphore() {
        this(1);
    }

    /**
     * A bounded semaphore with {@code value} permits.
     *
     * @throws IllegalArgumentException if the value is negative
     */
    public BoundedSemaphore(int value) {
        super(value);
        this.bound = value;
    }

    /**
     * Gives a permit back, to the task that has waited longest, if there is one.
     *
     * <p>Semantics: {@code asyncio.BoundedSemaphore.release}.
     *
     * @throws IllegalArgumentException if as many permits are free as in the beginning (asyncio's {@code ValueError})
     */
    @Override
    public void release() {
        if (value() >= bound) {
            throw new IllegalArgumentException("release: " + this
                    + " was released too many times, it was made with value " + bound
                    + "; call it once for each acquire()");
        }
        super.release();
    }
}
