package io.github.jasyncio.internal.loop;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Those who come and go on any thread, and hear of every end of the loop. Thread-safe. */
public final class SharedOutsiders extends Outsiders {

    private final Terminations terminations;

    /** The executor that takes the loop's turns, which may terminate with one in its queue; null if that cannot be known. */
    private final Terminations.@Nullable Waiting turns;

    /** Nobody yet. */
    public SharedOutsiders(Terminations terminations, Terminations.@Nullable Waiting turns) {
        this.terminations = terminations;
        this.turns = turns;
    }

    @Override
    @Nullable
    synchronized String append(Place place) {
        boolean isFirst = isEmpty();
        String how = super.append(place);
        if (how == null && isFirst && turns != null) {
            terminations.add(turns);
        }
        return how;
    }

    @Override
    synchronized void remove(Place place) {
        super.remove(place);
        forgetTurns();
    }

    private void forgetTurns() {
        if (turns != null && isEmpty()) {
            terminations.remove(turns);
        }
    }

    @Override
    public synchronized boolean isEmpty() {
        return super.isEmpty();
    }

    @Override
    public synchronized List<Outsider> list() {
        return super.list();
    }

    @Override
    synchronized List<Outsider> close(String how) {
        List<Outsider> present = super.close(how);
        forgetTurns();
        return present;
    }
}
