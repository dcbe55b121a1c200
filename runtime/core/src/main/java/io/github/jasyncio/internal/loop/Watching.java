package io.github.jasyncio.internal.loop;

import java.util.concurrent.atomic.AtomicInteger;

/** Whether anybody watches the loops of the process: asked on the way of every turn, so it is two plain fields; a change is seen a little later. */
public final class Watching {

    private static boolean isOn;
    private static boolean isRecording;
    private static final AtomicInteger MEASURING = new AtomicInteger();

    private Watching() {}

    /** True if somebody wants to know of steps or turns: the one question of a loop's turn. */
    public static boolean isOn() {
        return isOn;
    }

    /** True if a flight recording wants to know of tasks: asked when one is made or done. */
    public static boolean isRecording() {
        return isRecording;
    }

    /** One loop more, or one less, is being measured. */
    static void measuring(boolean on) {
        isOn = MEASURING.addAndGet(on ? 1 : -1) > 0 || isRecording;
    }

    /** A flight recording wants events, or none does any more. */
    public static void recording(boolean on) {
        isRecording = on;
        isOn = on || MEASURING.get() > 0;
    }
}
