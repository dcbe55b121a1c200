package io.github.jasyncio.transform.harness;

/** What a probe does when it is awaited. */
enum Behaviour {
    /** Gives its value at once. */
    READY,
    /** Suspends as a future does: no frame of its own, the driver hands in the value. */
    SUSPENDS,
    /** Suspends three times, with a frame of its own, before it gives its value. */
    SUSPENDS_THRICE,
    /** Sleeps; only on a loop. */
    SLEEPS,
    /** Is a rewritten coroutine that awaits a suspending probe. */
    NESTED,
    /** Is a rewritten coroutine that suspends and then returns a suspending probe in tail position. */
    TAIL,
    /** Throws before it suspends. */
    THROWS_BEFORE,
    /** Suspends, then fails. */
    THROWS_AFTER,
    /** Is a rewritten coroutine that awaits a probe that suspends, then fails. */
    NESTED_THROWS,
    /** Is cancelled while suspended; on a loop, by its task. */
    CANCELLED;

    boolean fails() {
        return this == THROWS_BEFORE || this == THROWS_AFTER || this == NESTED_THROWS || this == CANCELLED;
    }

    /** The same as the synchronous twin sees it. */
    Behaviour synchronously() {
        return switch (this) {
            case READY, SUSPENDS, SUSPENDS_THRICE, SLEEPS, NESTED, TAIL -> READY;
            case THROWS_BEFORE, THROWS_AFTER, NESTED_THROWS -> THROWS_BEFORE;
            case CANCELLED -> CANCELLED;
        };
    }
}
