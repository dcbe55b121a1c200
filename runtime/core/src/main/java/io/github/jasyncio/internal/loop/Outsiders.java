package io.github.jasyncio.internal.loop;

import io.github.jasyncio.internal.Log;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for something of a loop that only the loop can bring about, in the order in which they came. Loop-confined; {@link SharedOutsiders} are
 * not.
 *
 * <p>Linked through their places: every eager call that suspends comes and goes.
 */
public class Outsiders {

    private @Nullable Place first;
    private @Nullable Place last;

    // Null while the loop may go on --end--> how it has ended, for good
    private @Nullable String end;

    /** Where one stands who waits. */
    public static final class Place {

        private final Outsiders line;
        private final Outsider outsider;
        private boolean isTaken;
        private @Nullable Place previous;
        private @Nullable Place next;

        private Place(Outsiders line, Outsider outsider) {
            this.line = line;
            this.outsider = outsider;
        }

        /** He waits no more; harmless if he stands here no more. */
        public void leave() {
            line.remove(this);
        }

        private void clear() {
            isTaken = false;
            previous = null;
            next = null;
        }
    }

    /** Remembers one; tells him at once if the loop has ended. */
    public final Place add(Outsider outsider) {
        Place place = new Place(this, outsider);
        String how = append(place);
        if (how != null) {
            tell(outsider, how);
        }
        return place;
    }

    /** The end if it has come, and then nothing is remembered. */
    @Nullable
    String append(Place place) {
        if (end != null) {
            return end;
        }
        Place before = last;
        place.isTaken = true;
        place.previous = before;
        last = place;
        if (before == null) {
            first = place;
        } else {
            before.next = place;
        }
        return null;
    }

    void remove(Place place) {
        if (!place.isTaken) {
            return;
        }
        Place before = place.previous;
        Place after = place.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
        place.clear();
    }

    public boolean isEmpty() {
        return first == null;
    }

    /** Those who wait now. */
    public List<Outsider> list() {
        List<Outsider> present = new ArrayList<>();
        for (Place place = first; place != null; place = place.next) {
            present.add(place.outsider);
        }
        return present;
    }

    /** Lets those go who can see already what they wait for. */
    public final void letGo() {
        list().forEach(Outsider::loopEnds);
    }

    /** The loop has ended: tells all, unless it had before. */
    public final void end(String how) {
        close(how).forEach(outsider -> tell(outsider, how));
    }

    /** Notes the end, and gives those who are to hear of it. */
    List<Outsider> close(String how) {
        if (end != null) {
            return List.of();
        }
        end = how;
        List<Outsider> present = list();
        for (Place place = first; place != null; ) {
            Place next = place.next;
            place.clear();
            place = next;
        }
        first = null;
        last = null;
        return present;
    }

    private static void tell(Outsider outsider, String how) {
        try {
            outsider.loopEnded(how);
        } catch (Throwable t) {
            // The others are to hear of it all the same, and the loop is to be closed.
            Log.log(System.Logger.Level.ERROR, "telling of the end of a loop failed: " + how, t);
        }
    }
}
