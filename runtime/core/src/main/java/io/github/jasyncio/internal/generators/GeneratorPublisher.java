package io.github.jasyncio.internal.generators;

import io.github.jasyncio.Awaitable;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import io.github.jasyncio.internal.Log;
import io.github.jasyncio.internal.functions.NotData;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An async generator as a publisher, for one subscriber. Thread-safe. */
public final class GeneratorPublisher<T> implements Flow.Publisher<T> {

    private final transient GeneratorBody body;
    private final transient Object generator;
    private final transient EventLoop loop;
    private final transient AtomicBoolean isTaken = new AtomicBoolean();

    /**
     * Makes one.
     *
     * @param generator what users have of {@code body}
     * @param loop on which it is gone through
     */
    public GeneratorPublisher(GeneratorBody body, Object generator, EventLoop loop) {
        this.body = body;
        this.generator = generator;
        this.loop = loop;
    }

    /**
     * For serialisers, which would take the publisher for data where its framework knows no {@link Flow.Publisher}.
     *
     * @throws IllegalStateException always
     */
    public Object getValue() {
        throw NotData.manyTaken(this);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        Objects.requireNonNull(subscriber, "subscribe was given null");
        if (!isTaken.compareAndSet(false, true)) {
            refuse(subscriber, generator + " has a subscriber already: an async generator gives each value once");
            return;
        }
        Serving<T> serving = new Serving<>(body, generator, loop, subscriber);
        OpenGenerators.of(loop).serves(serving);
        try {
            loop.callSoonThreadsafe(serving::begin);
        } catch (IllegalStateException closed) {
            serving.loopHasClosed();
        }
    }

    private static void refuse(Flow.Subscriber<?> subscriber, @Nullable String reason) {
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {}
        });
        subscriber.onError(new IllegalStateException(reason));
    }

    /** A subscription, and what is done with each value. On the loop's thread but for what the subscriber calls. */
    static final class Serving<T> extends Each<T> implements Flow.Subscription {

        private final GeneratorBody body;
        private final Object generator;
        private final EventLoop loop;

        /** Holds null when the last signal has been given: a cancelled subscription keeps no subscriber alive. */
        private final AtomicReference<Flow.@Nullable Subscriber<? super T>> subscriber;

        private @Nullable Task<Void> task;
        private @Nullable Future<Void> demanded;
        private long demand;
        private volatile boolean isCancelled;
        private @Nullable Throwable complaint;

        Serving(GeneratorBody body, Object generator, EventLoop loop, Flow.Subscriber<? super T> subscriber) {
            this.body = body;
            this.generator = generator;
            this.loop = loop;
            this.subscriber = new AtomicReference<>(subscriber);
        }

        void begin() {
            Flow.Subscriber<? super T> subscriber = this.subscriber.get();
            if (subscriber == null) {
                return;
            }
            Task<Void> serving = loop.createTask(new GoThrough<T, Void>("toPublisher", body, generator, this));
            task = serving;
            serving.addDoneCallback(this::done);
            subscriber.onSubscribe(this);
        }

        /** Nothing will be signalled on its thread any more. Thread-safe. */
        void loopHasClosed() {
            OpenGenerators.of(loop).servesNoMore(this);
            Flow.Subscriber<? super T> subscriber = this.subscriber.getAndSet(null);
            if (subscriber == null || isCancelled) {
                return;
            }
            String reason = loop + " was closed before " + generator + " came to its end";
            try {
                if (task == null) {
                    refuse(subscriber, reason);
                } else {
                    subscriber.onError(new IllegalStateException(reason));
                }
            } catch (Throwable t) {
                Log.log(System.Logger.Level.ERROR, "a subscriber failed when it was told that " + reason, t);
            }
        }

        // -------------------------------------------------------------------------------------------- each value

        @Override
        @Nullable
        Awaitable<?> before() {
            if (demand > 0) {
                return null;
            }
            Future<Void> future = loop.createFuture();
            demanded = future;
            return future;
        }

        @Override
        @Nullable
        Awaitable<?> begin(T value) {
            demand--;
            Flow.Subscriber<? super T> subscriber = this.subscriber.get();
            if (isCancelled || subscriber == null) {
                return null;
            }
            Objects.requireNonNull(value, "a publisher cannot publish null, and an async generator emitted it");
            try {
                subscriber.onNext(value);
            } catch (Throwable t) {
                isCancelled = true; // rule 2.13: who fails is cancelled, and it is said
                throw t;
            }
            return null;
        }

        @Override
        @Nullable
        Object result() {
            return null;
        }

        private void done(Future<Void> task) {
            OpenGenerators.of(loop).servesNoMore(this);
            Throwable failure = task.isCancelled() ? new CancelledError() : task.exception();
            Flow.Subscriber<? super T> subscriber = this.subscriber.getAndSet(null);
            if (complaint != null) {
                failure = complaint;
            }
            if (!isCancelled && subscriber != null) {
                if (failure == null) {
                    subscriber.onComplete();
                } else {
                    subscriber.onError(failure);
                }
            } else if (failure != null && !(failure instanceof CancelledError)) {
                loop.callExceptionHandler(Map.of(
                        "message",
                        "a subscriber failed, or an async generator when its subscription was cancelled",
                        "exception",
                        failure,
                        "asyncgen",
                        generator));
            }
            if (!body.hasEnded() && !body.isRunning()) {
                loop.createTask(new GeneratorStep.Close(body, generator)); // cancelled before the task began
            }
        }

        // -------------------------------------------------------------------------------------------- subscription

        @Override
        public void request(long n) {
            onLoop(() -> requested(n));
        }

        private void requested(long n) {
            if (n <= 0) {
                complaint = new IllegalArgumentException(
                        "request(" + n + "): rule 3.9 of Reactive Streams wants a positive number");
                stop();
                return;
            }
            demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
            Future<Void> waiting = demanded;
            if (waiting != null && !waiting.isDone()) {
                waiting.setResult(null);
            }
        }

        @Override
        public void cancel() {
            isCancelled = true;
            onLoop(this::stop);
        }

        private void stop() {
            if (isCancelled) {
                subscriber.set(null);
            }
            if (task != null) {
                task.cancel();
            }
        }

        private void onLoop(Runnable call) {
            if (EventLoop.running() == loop) {
                call.run();
                return;
            }
            try {
                loop.callSoonThreadsafe(call);
            } catch (IllegalStateException closed) {
                // The loop has been closed, and the task with it: there is nothing more to ask for.
            }
        }
    }
}
