package io.github.jasyncio.testing.network;

/** A channel of this package, as its selector sees it. */
interface Simulated {

    /** What could be done without waiting, as bits of {@link java.nio.channels.SelectionKey}. */
    int readyOps();

    /** Rung whenever there is more in {@link #readyOps} than before. */
    Bell bell();
}
