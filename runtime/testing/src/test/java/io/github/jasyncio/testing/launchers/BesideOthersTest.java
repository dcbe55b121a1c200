package io.github.jasyncio.testing.launchers;

import static io.github.jasyncio.Asyncio.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.testing.AsyncExtension;
import io.github.jasyncio.testing.AsyncTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.InjectMocks;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** What JUnit and the extensions of others do for tests, they do for async tests. */
@NullUnmarked // fields that others fill
class BesideOthersTest {

    /** Asks for a price. */
    static final class Cart {

        private final IntFunction<Coroutine<Integer>> prices;

        Cart(IntFunction<Coroutine<Integer>> prices) {
            this.prices = prices;
        }

        @Async
        Coroutine<Integer> total(int one, int other) {
            return Coroutine.of(await(prices.apply(one)) + await(prices.apply(other)));
        }
    }

    @Async
    private static Coroutine<Integer> price(int value) {
        await(sleep(Duration.ofSeconds(value)));
        return Coroutine.of(value);
    }

    @Nested
    @ExtendWith(MockitoExtension.class)
    class WithMockito {

        @Mock
        private IntFunction<Coroutine<Integer>> prices;

        @InjectMocks
        private Cart cart;

        @BeforeEach
        void program() {
            when(prices.apply(1)).thenAnswer(call -> price(10));
            when(prices.apply(2)).thenAnswer(call -> price(20));
        }

        @AsyncTest
        void mocks_are_injected_and_verified(@Mock Runnable another) {
            assertThat(await(cart.total(1, 2))).isEqualTo(30);
            call(another);

            verify(prices).apply(1);
            verify(another).run();
            assertThat(getRunningLoop().time()).isEqualTo(Duration.ofSeconds(30).toNanos());
        }

        private static void call(Runnable mock) {
            mock.run();
        }

        @AsyncTest(schedules = 5)
        void in_other_orders_too() {
            List<Integer> totals = await(gather(cart.total(1, 2), cart.total(2, 1)));

            assertThat(totals).containsExactly(30, 30);
        }
    }

    @Nested
    @ExtendWith(SpringExtension.class)
    @ContextConfiguration(classes = WithSpring.Beans.class)
    class WithSpring {

        @Configuration
        static class Beans {

            @Bean
            Cart cart() {
                return new Cart(BesideOthersTest::price);
            }
        }

        @Autowired
        private Cart cart;

        @AsyncTest
        void beans_are_injected(@Autowired Cart again) {
            assertThat(await(cart.total(1, 2))).isEqualTo(3);
            assertThat(again).isSameAs(cart);
        }

        @AsyncTest(schedules = 5)
        void in_other_orders_too() {
            assertThat(await(cart.total(1, 2))).isEqualTo(3);
        }
    }

    @Nested
    @ExtendWith(AsyncExtension.class)
    class WithJUnit {

        private final List<String> events = new ArrayList<>();

        @BeforeEach
        @Async
        void outside() {
            await(sleep(Duration.ofSeconds(1)));
            events.add("outside");
        }

        @AfterEach
        @Async
        void afterwards() {
            await(sleep(Duration.ofSeconds(1)));
            assertThat(events).startsWith("outside");
        }

        @AsyncTest
        void info_is_handed_in(TestInfo info) {
            await(sleep(Duration.ofSeconds(1)));
            assertThat(info.getTestMethod()).isPresent();
        }

        @RepeatedTest(2)
        @Async
        void repetitions_are_counted(RepetitionInfo info) {
            await(sleep(Duration.ofDays(1)));
            assertThat(info.getTotalRepetitions()).isEqualTo(2);
        }

        @ParameterizedTest
        @CsvSource({"PT1S, 1000", "PT2S, 2000"})
        @Async
        void arguments_are_converted(Duration time, long millis) {
            await(sleep(time));
            assertThat(getRunningLoop().time())
                    .isEqualTo(Duration.ofMillis(millis).plusSeconds(1).toNanos());
        }

        @AsyncTest
        @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
        void junits_timeout_may_run_it_on_another_thread() {
            await(sleep(Duration.ofDays(1)));
            assertThat(EventLoop.running()).isNotNull();
            assertThat(events).containsExactly("outside");
        }

        @Nested
        class Deeper {

            @BeforeEach
            @Async
            void inside() {
                await(sleep(Duration.ofSeconds(1)));
                events.add("inside");
            }

            @AsyncTest
            void methods_of_the_outer_class_come_before() {
                await(sleep(Duration.ofSeconds(1)));
                assertThat(events).containsExactly("outside", "inside");
            }

            @AsyncTest(schedules = 5)
            void under_exploration_too_with_fresh_instances_of_both() {
                await(sleep(Duration.ofSeconds(1)));
                assertThat(events).containsExactly("outside", "inside");
                events.add("test");
            }
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class OneInstance {

        private int runs;

        @AsyncTest(schedules = 3)
        void is_the_same_under_all_orders() {
            await(gather(price(1), price(1)));
            runs++;
        }

        @Test
        void mocks_need_no_loop() {
            assertThat(mock(Runnable.class)).isNotNull();
            assertThat(runs).isNotNegative();
        }
    }
}
