package io.github.jasyncio.generators;

import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.emit;
import static io.github.jasyncio.Asyncio.sleep;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncGenerator;
import io.github.jasyncio.Asyncio;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Generators and {@link Flow.Publisher}, in both directions: what {@link PublisherTckTest} and {@link SubscriberTckTest} do not ask. */
class PublisherTest extends GeneratorTest {

    /** Logs the signals and asks for nothing by itself. */
    private final class Noting implements Flow.Subscriber<Integer> {

        private Flow.@Nullable Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
        }

        @Override
        public void onNext(Integer item) {
            log.add(item);
        }

        @Override
        public void onError(Throwable throwable) {
            log.add(throwable.getClass().getSimpleName() + ": " + throwable.getMessage());
        }

        @Override
        public void onComplete() {
            log.add("complete");
        }

        Flow.Subscription subscription() {
            return requireNonNull(subscription);
        }
    }

    @Test
    void no_value_is_made_before_it_is_asked_for() {
        run(() -> {
            Noting subscriber = new Noting();
            numbers(3).toPublisher().subscribe(subscriber);
            await(sleep(Duration.ofMillis(1)));
            assertThat(log).isEmpty();

            subscriber.subscription().request(2);
            await(sleep(Duration.ofMillis(1)));
            assertThat(log).containsExactly("begins", 0, 1);

            subscriber.subscription().request(Long.MAX_VALUE);
            subscriber.subscription().request(Long.MAX_VALUE);
            await(sleep(Duration.ofMillis(1)));
            assertThat(log).containsExactly("begins", 0, 1, 2, "finally", "cleaned up", "complete");
            return Coroutine.done();
        });
    }

    @Test
    void cancelling_closes_the_generator_and_nothing_more_is_signalled() {
        run(() -> {
            Noting subscriber = new Noting();
            numbers(3).toPublisher().subscribe(subscriber);
            await(turn());
            subscriber.subscription().request(1);
            await(sleep(Duration.ofMillis(1)));
            subscriber.subscription().cancel();
            await(sleep(Duration.ofMillis(1)));
            assertThat(log).containsExactly("begins", 0, "finally", "cleaned up");
            return Coroutine.done();
        });
    }

    @Test
    void who_waits_outside_hears_of_a_loop_that_is_closed_in_between() {
        Noting subscriber = new Noting();
        EventLoop other = EventLoop.builder().virtualTime().build();
        other.setExceptionHandler((source, context) -> log.add(context.get("message")));
        List<Flow.Publisher<Integer>> publishers = other.runUntilComplete(async(() -> {
            numbers(3).toPublisher().subscribe(subscriber);
            await(turn());
            subscriber.subscription().request(1);
            await(sleep(Duration.ofMillis(1)));
            return Coroutine.of(List.of(numbers(1).toPublisher(), numbers(1).toPublisher()));
        }));
        publishers.get(0).subscribe(new Noting());
        assertThat(log).containsExactly("begins", 0);

        other.close();

        assertThat(log)
                .hasSize(5)
                .contains("Task was destroyed but it is pending!")
                .filteredOn(entry -> entry.toString().endsWith(" came to its end"))
                .hasSize(2)
                .allMatch(entry ->
                        entry.toString().startsWith("IllegalStateException: <EventLoop running=false closed=true"));
        log.clear();
        publishers.get(1).subscribe(new Noting());
        assertThat(log).singleElement().asString().contains(" was closed before <async generator created ");
        subscriber.subscription().request(1);
        subscriber.subscription().cancel();
        assertThat(log).hasSize(1);
    }

    @Test
    void a_second_subscriber_is_refused() {
        run(() -> {
            Flow.Publisher<Integer> publisher = numbers(1).toPublisher();
            Noting first = new Noting();
            publisher.subscribe(first);
            publisher.subscribe(new Noting());
            assertThat(log)
                    .singleElement()
                    .asString()
                    .startsWith("IllegalStateException: <async generator created")
                    .endsWith("has a subscriber already: an async generator gives each value once");
            await(turn());
            first.subscription().cancel();
            await(sleep(Duration.ofMillis(1)));
            return Coroutine.done();
        });
    }

    @Test
    void a_subscriber_that_fails_is_cancelled_and_it_is_said() {
        run(() -> {
            IllegalStateException failure = new IllegalStateException("onNext");
            Noting subscriber = new Noting();
            numbers(3).map(n -> Coroutine.of(n)).toPublisher().subscribe(new Flow.Subscriber<>() {
                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                    subscriber.onSubscribe(subscription);
                    subscription.request(1);
                }

                @Override
                public void onNext(Integer item) {
                    throw failure;
                }

                @Override
                public void onError(Throwable throwable) {
                    log.add("never");
                }

                @Override
                public void onComplete() {
                    log.add("never");
                }
            });
            await(sleep(Duration.ofMillis(1)));
            assertThat(log).containsExactly("begins", "finally", "cleaned up");
            assertThat(reports)
                    .singleElement()
                    .satisfies(report -> assertThat(report.get("exception")).isSameAs(failure));
            reports.clear();
            return Coroutine.done();
        });
    }

    @Test
    void there_must_be_a_loop_to_publish_on() {
        assertThatThrownBy(() -> numbers(1).toPublisher()).isInstanceOf(IllegalStateException.class);
    }

    // ------------------------------------------------------------------------------------------------ from

    /** In real time: for a stage, virtual time does not wait. */
    @Test
    void what_another_thread_publishes_arrives_in_order() {
        SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>();
        Asyncio.run(async(() -> {
            AsyncGenerator<Integer> g = AsyncGenerator.from(publisher);
            assertThat(publisher.getNumberOfSubscribers()).isZero();
            Task<Integer> first = createTask(g.next());
            await(turn());
            assertThat(publisher.getNumberOfSubscribers()).isEqualTo(1);
            for (int i = 0; i < 100; i++) {
                publisher.submit(i);
            }
            publisher.close();
            assertThat(await(first)).isEqualTo(0);
            List<Integer> rest = await(g.toList());
            assertThat(rest).hasSize(99).startsWith(1, 2).endsWith(98, 99);
            return Coroutine.done();
        }));
    }

    /** A publisher by hand, whose signals a test gives; it notes what it is asked. */
    private final class ByHand implements Flow.Publisher<Integer>, Flow.Subscription {

        private Flow.@Nullable Subscriber<? super Integer> subscriber;

        @Override
        public void subscribe(Flow.Subscriber<? super Integer> subscriber) {
            this.subscriber = subscriber;
            log.add("subscribe");
        }

        @Override
        public void request(long n) {
            log.add("request " + n);
        }

        @Override
        public void cancel() {
            log.add("cancel");
        }

        Flow.Subscriber<? super Integer> subscriber() {
            return requireNonNull(subscriber);
        }
    }

    @Test
    void one_value_is_asked_for_at_a_time() {
        run(() -> {
            ByHand publisher = new ByHand();
            AsyncGenerator<Integer> g = AsyncGenerator.from(publisher);
            Task<Integer> first = createTask(g.next());
            await(turn());
            publisher.subscriber().onSubscribe(publisher);
            await(sleep(Duration.ofMillis(1)));
            publisher.subscriber().onNext(7);
            assertThat(await(first)).isEqualTo(7);
            assertThat(log).containsExactly("subscribe", "request 1");

            Task<Boolean> second = createTask(g.hasNext());
            await(turn());
            assertThat(log).containsExactly("subscribe", "request 1", "request 1");
            publisher.subscriber().onError(new IOException("of the publisher"));
            assertThat(await(failureOf(second))).isInstanceOf(IOException.class).hasMessage("of the publisher");
            assertThat(await(g.hasNext())).isFalse();
            assertThat(log).doesNotContain("cancel");
            return Coroutine.done();
        });
    }

    @Test
    void closing_cancels_the_subscription_and_so_does_a_cancelled_wait() {
        run(() -> {
            ByHand publisher = new ByHand();
            AsyncGenerator<Integer> g = AsyncGenerator.from(publisher);
            Task<Integer> first = createTask(g.next());
            await(turn());
            publisher.subscriber().onSubscribe(publisher);
            publisher.subscriber().onNext(1);
            await(first);
            await(g.close());
            assertThat(log).containsExactly("subscribe", "cancel");
            log.clear();

            ByHand another = new ByHand();
            Task<Integer> waiting = createTask(AsyncGenerator.from(another).next());
            await(turn());
            another.subscriber().onSubscribe(another);
            await(sleep(Duration.ofMillis(1)));
            waiting.cancel();
            assertThat(await(failureOf(waiting))).isInstanceOf(CancelledError.class);
            assertThat(log).containsExactly("subscribe", "request 1", "cancel");
            log.clear();

            ByHand late = new ByHand();
            Task<Integer> early = createTask(AsyncGenerator.from(late).next());
            await(turn());
            early.cancel();
            assertThat(await(failureOf(early))).isInstanceOf(CancelledError.class);
            late.subscriber().onSubscribe(late);
            assertThat(log).containsExactly("subscribe", "cancel");
            return Coroutine.done();
        });
    }

    @Test
    void there_and_back_again() {
        run(() -> {
            assertThat(await(AsyncGenerator.from(numbers(5).toPublisher()).toList()))
                    .containsExactly(0, 1, 2, 3, 4);
            return Coroutine.done();
        });
    }

    /** For the symmetry of it: a generator whose values are generators. */
    @Async
    private AsyncGenerator<AsyncGenerator<Integer>> generators() {
        for (int i = 0; i < 3; i++) {
            emit(numbers(i));
        }
        return AsyncGenerator.done();
    }

    @Test
    void generators_of_generators_are_flattened_by_hand() {
        run(() -> {
            assertThat(await(generators().map(AsyncGenerator::toList).toList()))
                    .containsExactly(List.of(), List.of(0), List.of(0, 1));
            return Coroutine.done();
        });
    }
}
