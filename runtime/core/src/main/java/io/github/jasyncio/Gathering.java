package io.github.jasyncio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The future of several results.
 *
 * <p>Semantics: {@code asyncio.gather} and its {@code _GatheringFuture}. Cancelling it cancels the children and leaves it to them to end it.
 *
 * @param <R> what it comes to: the list of values or of {@link Outcome}s, or what is made of it
 */
final class Gathering<R> extends Future<R> {

    /** The children as given: one that was given twice stands here twice. Once this has its value, what they have come to: the value's elements. */
    private final @Nullable Object[] elements;

    private final boolean givesOutcomes;

    /** Makes the value of the list of results; null if that is the value. */
    private final @Nullable Function<List<?>, ? extends R> combine;

    /** How many different children are not done yet, or their callbacks not run. */
    private int unfinished;

    private boolean isCancelRequested;

    private Gathering(
            EventLoop loop,
            @Nullable Object[] children,
            boolean givesOutcomes,
            @Nullable Function<List<?>, ? extends R> combine) {
        super(loop);
        this.elements = children;
        this.givesOutcomes = givesOutcomes;
        this.combine = combine;
    }

    static <R> Future<List<R>> of(
            Collection<? extends Awaitable<?>> awaitables, boolean givesOutcomes, String operation) {
        if (awaitables.isEmpty()) {
            Future<List<R>> empty = Asyncio.getEventLoop().createFuture();
            empty.setResult(List.of());
            return empty;
        }
        return new Start<List<R>>(awaitables).run(givesOutcomes, null, operation);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // the list holds what these two have come to, null too
    static <A, B, R> Future<R> both(
            Awaitable<A> first, Awaitable<B> second, BiFunction<? super A, ? super B, ? extends R> combine) {
        Objects.requireNonNull(combine, "gather was given null to make one of two results with");
        return new Start<R>(Arrays.asList(first, second))
                .run(false, results -> combine.apply((A) results.get(0), (B) results.get(1)), "gather");
    }

    /** A child is done, and its callback has its turn. */
    private void childDone(Future<?> child) {
        unfinished--;
        if (isDone()) {
            child.forgetFailure();
            return;
        }
        if (!givesOutcomes) {
            Throwable failure = failureOf(child);
            if (failure != null) {
                fail(failure);
                return;
            }
        }
        if (unfinished > 0) {
            return;
        }
        if (isCancelRequested) {
            lookAtFailures();
            Future<?> last = child(elements.length - 1);
            fail(last.isCancelled() ? last.cancellation() : new CancelledError());
        } else {
            finish(results());
        }
    }

    @SuppressWarnings("unchecked") // without a function R is a list
    private void finish(List<?> results) {
        if (combine == null) {
            complete(FINISHED, (R) results);
            return;
        }
        R value;
        try {
            value = combine.apply(results);
        } catch (Throwable t) {
            fail(t);
            return;
        }
        complete(FINISHED, value);
    }

    /** What is in nobody's list of outcomes has been looked at all the same. */
    private void lookAtFailures() {
        for (int i = 0; i < elements.length; i++) {
            failureOf(child(i));
        }
    }

    @SuppressWarnings("NullAway") // the children's values may be null
    private List<?> results() {
        for (int i = 0; i < elements.length; i++) {
            Future<?> child = child(i);
            if (givesOutcomes) {
                Throwable failure = failureOf(child);
                elements[i] = failure == null ? new Outcome.Success<>(child.value) : new Outcome.Failure<>(failure);
            } else {
                elements[i] = child.value;
            }
        }
        return Collections.unmodifiableList(Arrays.asList(elements));
    }

    /** Only before this is done. */
    @SuppressWarnings("NullAway") // until then all elements are children
    private Future<?> child(int index) {
        return (Future<?>) elements[index];
    }

    private static @Nullable Throwable failureOf(Future<?> child) {
        return child.isCancelled() ? child.cancellation() : child.exception();
    }

    @Override
    public boolean cancel(@Nullable String message) {
        if (isDone()) {
            forgetFailure();
            return false;
        }
        return CancelWalk.cancel(this, message);
    }

    /** The children, which are about to be cancelled one after the other. */
    Children toCancel() {
        return new Children();
    }

    /** Hands out the children to who cancels them. */
    final class Children {

        private int next;
        private boolean isAnyCancelled;

        /** Null when all have been handed out. */
        @Nullable
        Future<?> next() {
            return next == elements.length ? null : child(next++);
        }

        /** What cancelling the last one came to. */
        void answered(boolean isCancelled) {
            isAnyCancelled |= isCancelled;
        }

        /** What cancelling all has come to. */
        boolean end() {
            isCancelRequested |= isAnyCancelled;
            return isAnyCancelled;
        }
    }

    /** Makes futures of the awaitables, and then the gathering of them. */
    private static final class Start<R> extends TaskWatcher {

        /** What is to be gathered; each awaitable's place is taken by its future. */
        private final Object[] children;

        private @Nullable List<Future<?>> doneBefore;
        private int different;
        private @Nullable Gathering<R> gathering;

        Start(Collection<? extends Awaitable<?>> awaitables) {
            children = awaitables.toArray(new Object[0]);
        }

        Future<R> run(boolean givesOutcomes, @Nullable Function<List<?>, ? extends R> combine, String operation) {
            EventLoop loop = null;
            // Found by identity only once there are coroutines: a map of 100,000 tasks costs more than gathering them.
            IdentityHashMap<Object, Future<?>> seen = null;
            for (int i = 0; i < children.length; i++) {
                Awaitable<?> awaitable = (Awaitable<?>) children[i];
                if (seen == null && !(awaitable instanceof Future)) {
                    seen = firstChildren(i);
                }
                Future<?> child = awaitable == null || seen == null ? null : seen.get(awaitable);
                if (child == null) {
                    child = toFuture(loop, awaitable, operation);
                    loop = child.loop;
                    if (seen != null) {
                        seen.put(awaitable, child);
                    }
                    // As long as only futures come nobody else gets a chance to add a callback, so ours is the last.
                    if (!child.isLastCallback(this)) {
                        watch(child, child != awaitable);
                    }
                }
                children[i] = child;
            }
            Gathering<R> made = new Gathering<>(((Future<?>) children[0]).loop, children, givesOutcomes, combine);
            made.unfinished = different;
            gathering = made;
            // Only now: the last of them may complete the gathering at once (eager tasks, futures that were done).
            if (doneBefore != null) {
                doneBefore.forEach(made::childDone);
                doneBefore = null;
            }
            return made;
        }

        private IdentityHashMap<Object, Future<?>> firstChildren(int count) {
            IdentityHashMap<Object, Future<?>> byIdentity = new IdentityHashMap<>();
            for (int i = 0; i < count; i++) {
                byIdentity.put(children[i], (Future<?>) children[i]);
            }
            return byIdentity;
        }

        private static Future<?> toFuture(@Nullable EventLoop loop, Awaitable<?> awaitable, String operation) {
            if (loop != null) {
                return loop.ensureFuture(awaitable, operation);
            }
            return awaitable instanceof Future<?> future
                    ? future
                    : Asyncio.getEventLoop().ensureFuture(awaitable, operation);
        }

        private void watch(Future<?> child, boolean isNew) {
            if (isNew && child instanceof Task<?> task) {
                // Who gathers cannot wait for it otherwise.
                task.dropQuietly();
            }
            different++;
            if (!child.isDone()) {
                child.watchBy(this);
                return;
            }
            if (doneBefore == null) {
                doneBefore = new ArrayList<>();
            }
            doneBefore.add(child);
        }

        @Override
        public void accept(Future<?> child) {
            if (gathering == null) {
                // An argument further on was refused, so there is no gathering; asyncio marks the failure as seen all
                // the same.
                child.forgetFailure();
            } else {
                gathering.childDone(child);
            }
        }

        @Override
        public Collection<? extends Future<?>> waiters() {
            Gathering<R> gathering = this.gathering;
            return gathering == null ? List.of() : List.of(gathering);
        }

        @Override
        public String toString() {
            return "gather";
        }
    }
}
