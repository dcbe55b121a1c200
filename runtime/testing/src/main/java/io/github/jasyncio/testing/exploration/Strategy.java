package io.github.jasyncio.testing.exploration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides where there is a choice, in one run. */
interface Strategy {

    /**
     * Picks.
     *
     * @param possible at least two, the oldest first
     * @param state what tells this moment from others, if the exploration knows how to; else null
     * @return an index of {@code possible}; a larger one is taken for the last
     */
    int choose(List<ReadyEntry> possible, @Nullable Object state);

    /** Follows recorded decisions. */
    static Strategy recorded(Decisions decisions) {
        return new Strategy() {
            private int place;

            @Override
            public int choose(List<ReadyEntry> possible, @Nullable Object state) {
                return decisions.at(place++);
            }
        };
    }
}
