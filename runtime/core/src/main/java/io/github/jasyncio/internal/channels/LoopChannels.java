package io.github.jasyncio.internal.channels;

import io.github.jasyncio.EventLoop;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The way from a loop to its channels, which is not among what users see of a loop: the root package says it before there is any loop. */
public final class LoopChannels {

    private static @Nullable Function<EventLoop, OwnedChannels> way;

    private LoopChannels() {}

    /** Says the way; for the loop's class, which does so before there is any loop. */
    public static void isFoundBy(Function<EventLoop, OwnedChannels> way) {
        LoopChannels.way = way;
    }

    static OwnedChannels of(EventLoop loop) {
        Function<EventLoop, OwnedChannels> known = way;
        if (known == null) {
            throw new AssertionError("a loop without its class (a bug in jasyncio)");
        }
        return known.apply(loop);
    }
}
