package io.github.jasyncio;

/** Counts what goes on for a loop elsewhere: calls on executors, while which a virtual clock stands still, and stages. Loop-confined. */
final class OutsideWork {

    private int calls;
    private int stages;

    void begin() {
        calls++;
    }

    void end() {
        calls--;
    }

    /** One of Java's own stages is awaited. */
    void beginStage() {
        stages++;
    }

    void endStage() {
        stages--;
    }

    int calls() {
        return calls;
    }

    /** True while calls run on executors. */
    boolean isGoingOn() {
        return calls > 0;
    }

    /** True while anything goes on that may end by itself. */
    boolean mayWake() {
        return calls > 0 || stages > 0;
    }
}
