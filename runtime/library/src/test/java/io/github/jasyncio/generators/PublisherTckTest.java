package io.github.jasyncio.generators;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.emit;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncGenerator;
import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.SkipException;
import org.testng.annotations.AfterClass;
import org.testng.annotations.Test;

/** The Reactive Streams compatibility kit on {@link AsyncGenerator#toPublisher}. */
class PublisherTckTest {

    @TestFactory
    Stream<DynamicTest> a_generator_as_a_publisher_keeps_the_rules() {
        return TckRun.of(Verification.class, 25);
    }

    /** For TestNG. */
    public static final class Verification extends FlowPublisherVerification<Long> {

        private static final String ONE_SUBSCRIBER = "an async generator gives each value once, to one subscriber";

        private final TckRun.Background background = new TckRun.Background();

        public Verification() {
            super(new TestEnvironment(500, 100, false));
        }

        @AfterClass
        public void end() throws Exception {
            background.end();
        }

        @Override
        public Flow.Publisher<Long> createFlowPublisher(long elements) {
            return background.call(() -> counting(elements).toPublisher());
        }

        @Override
        public Flow.Publisher<Long> createFailedFlowPublisher() {
            Flow.Publisher<Long> publisher = background.call(() -> counting(1).toPublisher());
            publisher.subscribe(new Ignoring());
            return publisher;
        }

        // Those for many subscribers leave the one that we take without cancelling it.

        @Override
        @Test
        public void optional_spec111_maySupportMultiSubscribe() {
            throw new SkipException(ONE_SUBSCRIBER);
        }

        @Override
        @Test
        public void
                optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingManyUpfront() {
            throw new SkipException(ONE_SUBSCRIBER);
        }

        @Override
        @Test
        public void
                optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingManyUpfrontAndCompleteAsExpected() {
            throw new SkipException(ONE_SUBSCRIBER);
        }

        @Override
        @Test
        public void
                optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingOneByOne() {
            throw new SkipException(ONE_SUBSCRIBER);
        }

        @Override
        @Test
        public void optional_spec111_registeredSubscribersMustReceiveOnNextOrOnCompleteSignals() {
            throw new SkipException(ONE_SUBSCRIBER);
        }

        @Async
        private static AsyncGenerator<Long> counting(long elements) {
            for (long i = 0; i < elements; i++) {
                if (i % 3 == 1) {
                    await(sleep(Duration.ZERO));
                }
                emit(i);
            }
            return AsyncGenerator.done();
        }
    }

    /** Cancels at once. */
    private static final class Ignoring implements Flow.Subscriber<Long> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.cancel();
        }

        @Override
        public void onNext(Long item) {}

        @Override
        public void onError(Throwable throwable) {}

        @Override
        public void onComplete() {}
    }
}
