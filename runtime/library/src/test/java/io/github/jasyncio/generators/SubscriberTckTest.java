package io.github.jasyncio.generators;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.runCoroutineThreadsafe;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncGenerator;
import io.github.jasyncio.Coroutine;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;
import org.testng.annotations.AfterClass;

/** The Reactive Streams compatibility kit on {@link AsyncGenerator#from}. */
class SubscriberTckTest {

    @TestFactory
    Stream<DynamicTest> a_generator_of_a_publisher_keeps_the_rules() {
        return TckRun.of(Verification.class, 11);
    }

    /** For TestNG. */
    public static final class Verification extends FlowSubscriberBlackboxVerification<Integer> {

        private final TckRun.Background background = new TckRun.Background();
        private final Queue<CompletableFuture<?>> consumers = new ConcurrentLinkedQueue<>();

        public Verification() {
            super(new TestEnvironment(500, 100, false));
        }

        @AfterClass
        public void end() throws Exception {
            consumers.forEach(consumer -> consumer.cancel(true));
            background.call(() -> 0);
            background.end();
        }

        @Override
        public Flow.Subscriber<Integer> createFlowSubscriber() {
            CompletableFuture<Flow.Subscriber<? super Integer>> subscribed = new CompletableFuture<>();
            Flow.Publisher<Integer> publisher = subscribed::complete;
            AsyncGenerator<Integer> generator = AsyncGenerator.from(publisher);
            consumers.add(runCoroutineThreadsafe(consume(generator), background.loop()));
            @SuppressWarnings("unchecked") // it takes Integers
            Flow.Subscriber<Integer> subscriber = (Flow.Subscriber<Integer>) subscribed.join();
            return subscriber;
        }

        @Async
        private static Coroutine<Void> consume(AsyncGenerator<Integer> generator) {
            while (await(generator.hasNext())) {
                await(generator.next());
            }
            return Coroutine.done();
        }

        @Override
        public Integer createElement(int element) {
            return element;
        }
    }
}
