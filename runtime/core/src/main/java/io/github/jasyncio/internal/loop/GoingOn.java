package io.github.jasyncio.internal.loop;

import io.github.jasyncio.Context;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where a call of the eager kind goes on: in a context that only the root package can make, which says how before any loop runs. */
public final class GoingOn {

    private static @Nullable Supplier<Context> copy;

    private GoingOn() {}

    /** Says how the current context is copied so that its tokens stay good. For the root package. */
    public static void isIn(Supplier<Context> copy) {
        GoingOn.copy = copy;
    }

    /** The copy of the current context in which a call goes on that begins now. */
    public static Context context() {
        Supplier<Context> known = copy;
        if (known == null) {
            throw new AssertionError("a loop runs on a thread without state (a bug in jasyncio)");
        }
        return known.get();
    }
}
