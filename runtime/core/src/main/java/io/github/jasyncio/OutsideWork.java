package io.github.jasyncio;

/** Counts what runs for a loop on other threads: while there is any, a virtual clock stands still. Loop-confined. */
final class OutsideWork {

    private int count;

    void begin() {
        count++;
    }

    void end() {
        count--;
    }

    int count() {
        return count;
    }

    boolean isGoingOn() {
        return count > 0;
    }
}
