package io.github.jasyncio.internal.generators;

import io.github.jasyncio.EventLoop;
import io.github.jasyncio.internal.Log;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The async generators that have begun on a loop and not ended, in the order in which they began. It knows them weakly, but keeps their bodies: one that nobody
 * has any more is closed by a task.
 *
 * <p>Semantics: {@code BaseEventLoop._asyncgens} and its hooks. Loop-confined: the loop itself asks the garbage collector's queue, so no cleaning thread is
 * needed.
 */
public final class OpenGenerators {

    private static @Nullable Function<EventLoop, OpenGenerators> way;

    private final EventLoop loop;
    private final Runnable whenAny;
    private final ReferenceQueue<Object> queue = new ReferenceQueue<>();

    /** Those that serve subscribers, who may have come on any thread. */
    private final Set<GeneratorPublisher.Serving<?>> serving = ConcurrentHashMap.newKeySet();

    private @Nullable Entry first;
    private @Nullable Entry last;
    private boolean isShutDown;

    /**
     * None.
     *
     * @param whenAny called when there may be something to {@linkplain #closeCollected close}
     */
    public OpenGenerators(EventLoop loop, Runnable whenAny) {
        this.loop = loop;
        this.whenAny = whenAny;
    }

    /** Says the way from a loop to these; for the loop's class, which does so before there is any loop. */
    public static void areFoundBy(Function<EventLoop, OpenGenerators> way) {
        OpenGenerators.way = way;
    }

    static OpenGenerators of(EventLoop loop) {
        Function<EventLoop, OpenGenerators> known = way;
        if (known == null) {
            throw new AssertionError("a loop without its class (a bug in jasyncio)");
        }
        return known.apply(loop);
    }

    /** One of them. */
    static final class Entry extends WeakReference<Object> {

        private final OpenGenerators line;
        private final GeneratorBody body;
        private @Nullable Entry previous;
        private @Nullable Entry next;

        private Entry(OpenGenerators line, GeneratorBody body, Object generator) {
            super(generator, line.queue);
            this.line = line;
            this.body = body;
        }

        /** It has ended, on its own loop or on another. */
        void remove() {
            if (EventLoop.running() == line.loop) {
                line.remove(this);
            } else if (!line.loop.isClosed()) {
                try {
                    line.loop.callSoonThreadsafe(() -> line.remove(this));
                } catch (IllegalStateException e) {
                    // Closed in between: it has forgotten them all.
                }
            }
        }
    }

    /** True if there are none. */
    public boolean isEmpty() {
        return first == null;
    }

    /** Notes one that begins. */
    Entry add(GeneratorBody body, Object generator) {
        if (isShutDown) {
            Log.log(
                    System.Logger.Level.WARNING,
                    "asynchronous generator " + generator + " was begun after shutdownAsyncGenerators() of " + loop
                            + "; it may never be closed");
        }
        Entry entry = new Entry(this, body, generator);
        entry.previous = last;
        if (last == null) {
            first = entry;
        } else {
            last.next = entry;
        }
        last = entry;
        whenAny.run();
        return entry;
    }

    private void remove(Entry entry) {
        if (entry.previous == null && first != entry) {
            return; // taken out already
        }
        if (entry.previous == null) {
            first = entry.next;
        } else {
            entry.previous.next = entry.next;
        }
        if (entry.next == null) {
            last = entry.previous;
        } else {
            entry.next.previous = entry.previous;
        }
        entry.previous = null;
        entry.next = null;
        entry.clear();
    }

    /** Closes those that have become garbage; one with a step under way went together with its task, and there is nobody to wait. */
    public void closeCollected() {
        for (Object gone = queue.poll(); gone != null; gone = queue.poll()) {
            Entry entry = (Entry) gone;
            boolean isKnown = entry.previous != null || first == entry;
            remove(entry);
            if (isKnown && !entry.body.isRunning()) {
                loop.createTask(new GeneratorStep.Close(entry.body, entry.body));
            }
        }
    }

    /** Those whose next value nobody is asking for at the moment, in words, with where each was made. */
    public List<String> standing() {
        List<String> standing = new ArrayList<>();
        for (Entry entry = first; entry != null; entry = entry.next) {
            if (!entry.body.isRunning()) {
                standing.add(entry.body.description());
            }
        }
        return standing;
    }

    /** Thread-safe. */
    void serves(GeneratorPublisher.Serving<?> subscription) {
        serving.add(subscription);
    }

    /** Thread-safe. */
    void servesNoMore(GeneratorPublisher.Serving<?> subscription) {
        serving.remove(subscription);
    }

    /** Whoever has subscribed to a generator of the loop, and waits for it elsewhere, is to hear that nothing more will come. */
    public void loopHasClosed() {
        serving.forEach(GeneratorPublisher.Serving::loopHasClosed);
    }

    /** Takes out all that are left; from now on the loop warns of new ones. */
    List<Left> takeAll() {
        isShutDown = true;
        List<Left> left = new ArrayList<>();
        for (Entry entry = first; entry != null; entry = first) {
            Object generator = entry.get();
            left.add(new Left(entry.body, generator == null ? entry.body : generator));
            remove(entry);
        }
        return left;
    }

    /**
     * One that is left.
     *
     * @param generator what users have, or had, of it
     */
    record Left(GeneratorBody body, Object generator) {

        GeneratorStep.Close close() {
            return new GeneratorStep.Close(body, generator);
        }
    }
}
