package io.github.jasyncio.testing.network;

/** Rung when a channel may have become ready, for the selector that watches it: so that it need not look at all channels all the time. */
final class Bell {

    private Runnable heard = () -> {};

    /** From now on it is this one that hears. */
    void isHeardBy(Runnable listener) {
        heard = listener;
    }

    void ring() {
        heard.run();
    }
}
