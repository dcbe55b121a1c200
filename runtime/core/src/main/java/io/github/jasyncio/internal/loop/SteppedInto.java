package io.github.jasyncio.internal.loop;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The tasks in the midst of whose steps eager tasks have begun that have not come to their first suspension, the outermost first; null for a callback.
 *
 * <p>Loop-confined. Asked on another thread it gives a guess.
 */
public final class SteppedInto {

    private @Nullable Object[] interrupted = new Object[4];
    private int depth;

    /** An eager task begins in the midst of {@code task}'s step. */
    public void begin(@Nullable Object task) {
        if (depth == interrupted.length) {
            interrupted = Arrays.copyOf(interrupted, depth * 2);
        }
        interrupted[depth] = task;
        depth++;
    }

    /** The one that began last has come to its first suspension, or its end. */
    public void end() {
        depth--;
        interrupted[depth] = null;
    }

    /**
     * How many eager tasks have begun in the midst of {@code task}'s step, one in the midst of the other; -1 if none has.
     */
    public int stepsInside(Object task) {
        @Nullable Object[] interrupted = this.interrupted;
        int depth = Math.min(this.depth, interrupted.length);
        for (int i = depth - 1; i >= 0; i--) {
            if (interrupted[i] == task) {
                return depth - i;
            }
        }
        return -1;
    }

    /** The task in the midst of whose step one has begun that has {@code stepsInside} others in its own; null if there is none. */
    public @Nullable Object around(int stepsInside) {
        @Nullable Object[] interrupted = this.interrupted;
        int index = Math.min(this.depth, interrupted.length) - 1 - stepsInside;
        return index < 0 ? null : interrupted[index];
    }
}
