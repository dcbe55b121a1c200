package io.github.jasyncio.internal.loop;

/** Counts what goes on for a loop elsewhere: calls on executors, while which a virtual clock stands still, and stages. Loop-confined. */
public final class OutsideWork {

    private int calls;
    private int stages;

    public void begin() {
        calls++;
    }

    public void end() {
        calls--;
    }

    /** One of Java's own stages is awaited. */
    public void beginStage() {
        stages++;
    }

    public void endStage() {
        stages--;
    }

    public int calls() {
        return calls;
    }

    /** True while calls run on executors. */
    public boolean isGoingOn() {
        return calls > 0;
    }

    /** True while anything goes on that may end by itself. */
    public boolean mayWake() {
        return calls > 0 || stages > 0;
    }
}
