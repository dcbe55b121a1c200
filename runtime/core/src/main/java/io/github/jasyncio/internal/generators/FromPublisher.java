package io.github.jasyncio.internal.generators;

import io.github.jasyncio.Asyncio;
import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.functions.HandWritten;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The body of a generator of what a publisher publishes: asks for one value and waits for it, whenever somebody asks for the next. The subscription is used on
 * the loop's thread only.
 */
public final class FromPublisher<T> extends HandWritten<T> {

    private final Flow.Publisher<? extends T> publisher;
    private final Receiver<T> receiver = new Receiver<>();
    private Flow.@Nullable Subscription subscription;

    /** Makes one that has not run. */
    public FromPublisher(Flow.Publisher<? extends T> publisher) {
        super(GeneratorPlaces.CLASS, "from");
        this.publisher = publisher;
    }

    @Override
    protected @Nullable Object run(Execution execution) throws Throwable {
        publisher.subscribe(receiver);
        return await(() -> Asyncio.wrapFuture(receiver.subscription), this::subscribed, execution);
    }

    private @Nullable Object subscribed(@Nullable Object value, @Nullable Throwable failure, Execution execution)
            throws Throwable {
        if (failure != null) {
            receiver.subscription.cancel(false); // one that comes later is cancelled by the receiver
            receiver.close();
            throw failure;
        }
        subscription = (Flow.Subscription) Objects.requireNonNull(value);
        return ask(execution);
    }

    private @Nullable Object ask(Execution execution) throws Throwable {
        return await(
                () -> {
                    CompletableFuture<Object> next = receiver.next();
                    if (!next.isDone()) {
                        subscription().request(1);
                    }
                    return Asyncio.wrapFuture(next);
                },
                this::arrived,
                execution);
    }

    private @Nullable Object arrived(@Nullable Object value, @Nullable Throwable failure, Execution execution)
            throws Throwable {
        if (failure != null) {
            if (!receiver.hasEnded()) {
                unsubscribe();
            }
            throw failure;
        }
        return value == Execution.ENDED ? Execution.ENDED : emit(value, this::resumed);
    }

    private @Nullable Object resumed(@Nullable Object sent, @Nullable Throwable failure, Execution execution)
            throws Throwable {
        if (failure != null) {
            unsubscribe();
            throw failure;
        }
        return ask(execution);
    }

    private void unsubscribe() {
        receiver.close();
        subscription().cancel();
    }

    private Flow.Subscription subscription() {
        return Objects.requireNonNull(subscription, "a value before the subscription");
    }

    /** Takes the publisher's signals, on whatever thread they come. Thread-safe. */
    private static final class Receiver<T> implements Flow.Subscriber<T> {

        final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

        /** Signals that nobody waited for: the end, or what a publisher sent unasked. */
        private final Deque<CompletableFuture<Object>> early = new ArrayDeque<>();

        private @Nullable CompletableFuture<Object> waiting;
        private boolean hasEnded;
        private boolean isClosed;

        /** What the next signal will come to: a value, {@link Execution#ENDED}, or a failure. */
        synchronized CompletableFuture<Object> next() {
            CompletableFuture<Object> next = early.poll();
            if (next == null) {
                next = new CompletableFuture<>();
                waiting = next;
            }
            return next;
        }

        synchronized boolean hasEnded() {
            return hasEnded;
        }

        /** Nobody waits any more: what a publisher sends all the same is not kept. */
        synchronized void close() {
            isClosed = true;
            early.clear();
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            Objects.requireNonNull(subscription, "onSubscribe was given null");
            if (!this.subscription.complete(subscription)) {
                subscription.cancel(); // a second one, or too late
            }
        }

        @Override
        public void onNext(T item) {
            taking(false).complete(Objects.requireNonNull(item, "onNext was given null"));
        }

        @Override
        public void onError(Throwable failure) {
            taking(true).completeExceptionally(Objects.requireNonNull(failure, "onError was given null"));
            subscription.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            taking(true).complete(Execution.ENDED);
        }

        private synchronized CompletableFuture<Object> taking(boolean isEnd) {
            hasEnded |= isEnd;
            CompletableFuture<Object> taken = waiting;
            waiting = null;
            if (taken == null) {
                taken = new CompletableFuture<>();
                if (!isClosed) {
                    early.add(taken);
                }
            }
            return taken;
        }
    }
}
