package io.github.jasyncio.internal.loop;

import io.github.jasyncio.Context;
import io.github.jasyncio.EventLoop;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A loop as those know it who are outside: eager calls, and what reports from other threads. Thread-safe, and open in every state of the loop: whoever
 * comes need not ask first whether it is closed.
 */
public abstract class LoopDoor {

    private static @Nullable Function<EventLoop, LoopDoor> way;

    /** For the loop. */
    protected LoopDoor() {}

    /** Says where to find the door of a loop; for the loop's own classes, which do so before there is any loop. */
    public static void isFoundBy(Function<EventLoop, LoopDoor> way) {
        LoopDoor.way = way;
    }

    /** The door of a loop. */
    public static LoopDoor of(EventLoop loop) {
        Function<EventLoop, LoopDoor> known = way;
        if (known == null) {
            throw new AssertionError("a loop without its class (a bug in jasyncio)");
        }
        return known.apply(loop);
    }

    /**
     * Runs a callback in one of the loop's next turns; or in a turn that begins right here, if this thread is the one on which somebody else has the
     * loop take its turns, and none is under way.
     *
     * @param context where the callback runs; null for a copy of the current one
     * @return false if the loop is closed, and the callback will not run
     */
    public abstract boolean hand(Runnable callback, @Nullable Context context);

    /** Remembers somebody who waits for something of the loop; told at once if the loop has ended. */
    public abstract Outsiders.Place add(Outsider outsider);

    /** The same for a call that goes on in the loop's turns. Loop-confined, as is leaving the place. */
    public abstract Outsiders.Place addCall(Outsider call);
}
