package io.github.jasyncio.testing;

/** In which way an exploration looks for orders. All are drawn from the seed, so that the same exploration finds the same again. */
public enum Search {

    /**
     * Asyncio's own order first; then all orders, if a sample of them says that they are few enough; otherwise {@link #RANDOM} and {@link #PRIORITIES} in
     * turns.
     */
    AUTOMATIC,

    /** Whatever may run next runs next with the same probability. */
    RANDOM,

    /**
     * Probabilistic concurrency testing (Burckhardt and others, 2010): every task has a random priority, and in a few random places the one that would run
     * falls behind all others. A bug that takes {@code d} steps in a certain order among {@code n} tasks with {@code k} steps is found with a
     * probability of at least {@code 1 / (n * k^(d-1))} each time; {@code d} goes from 1 to 4 in turns.
     */
    PRIORITIES,

    /** All orders, one after the other, depth first. */
    EXHAUSTIVE
}
