package io.github.jasyncio.testing;

import static io.github.jasyncio.Asyncio.*;
import static io.github.jasyncio.testing.AsyncAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Async tests that go well: what they may rely on. */
@ExtendWith(AsyncExtension.class)
class AsyncTestTest {

    private final List<String> log = new ArrayList<>();
    private @Nullable EventLoop loop;

    @BeforeEach
    @Async
    void before() {
        await(sleep(Duration.ofSeconds(1)));
        loop = getRunningLoop();
        log.add("before");
    }

    @AfterEach
    @Async
    void after() {
        await(sleep(Duration.ofSeconds(1)));
        assertThat(getRunningLoop()).isSameAs(loop);
        assertThat(log).first().isEqualTo("before");
    }

    @AsyncTest
    void sleeps_a_day_at_once_on_the_loop_of_the_methods_before_and_after() {
        await(sleep(Duration.ofDays(1)));

        assertThat(getRunningLoop()).isSameAs(loop);
        assertThat(getRunningLoop().getDebug()).isTrue();
        assertThat(getRunningLoop().time())
                .isEqualTo(Duration.ofDays(1).plusSeconds(1).toNanos());
    }

    @AsyncTest
    void parameters_are_resolved(TestInfo info) {
        await(sleep(Duration.ZERO));

        assertThat(info.getDisplayName()).startsWith("parameters_are_resolved");
    }

    @Test
    @Async
    void an_ordinary_async_test_runs_in_the_same_way() {
        await(sleep(Duration.ofDays(1)));

        assertThat(getRunningLoop()).isSameAs(loop);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @Async
    void a_parameterized_test_too(int days) {
        await(sleep(Duration.ofDays(days)));

        assertThat(getRunningLoop().time())
                .isEqualTo(Duration.ofDays(days).plusSeconds(1).toNanos());
    }

    @RepeatedTest(2)
    @Async
    void and_a_repeated_one() {
        await(sleep(Duration.ofDays(1)));

        assertThat(getRunningLoop().time())
                .isEqualTo(Duration.ofDays(1).plusSeconds(1).toNanos());
    }

    @Test
    void a_test_that_is_not_async_is_left_alone() {
        assertThat(EventLoop.running()).isNull();
    }

    @Nested
    class Inside {

        @AsyncTest
        void a_nested_test_has_the_loop_of_the_outer_methods() {
            await(sleep(Duration.ofSeconds(1)));

            assertThat(getRunningLoop()).isSameAs(loop);
        }
    }

    // ------------------------------------------------------------------------------------------------ helpers

    @Async
    private static Coroutine<Integer> fails() throws IOException {
        await(sleep(Duration.ofSeconds(2)));
        throw new IOException("no answer");
    }

    @AsyncTest
    void a_failure_is_asserted() {
        IOException e = await(assertThrows(IOException.class, () -> fails()));

        assertThat(e).hasMessage("no answer");
    }

    @AsyncTest
    void another_failure_or_none_is_told() {
        AssertionError other = await(
                assertThrows(AssertionError.class, () -> assertThrows(IllegalStateException.class, () -> fails())));
        AssertionError none =
                await(assertThrows(AssertionError.class, () -> assertThrows(IOException.class, () -> Coroutine.of(7))));

        assertThat(other)
                .hasMessage(
                        "expected java.lang.IllegalStateException to be thrown, but it was java.io.IOException: no answer");
        assertThat(none).hasMessage("expected java.io.IOException to be thrown, but nothing was; the value is 7");
    }

    @AsyncTest
    void an_outcome_is_asserted_with_time_and_trace() throws Exception {
        await(assertOutcome(sleep(Duration.ofSeconds(3), "x"))).hasValue("x").took(Duration.ofSeconds(3));
        await(assertOutcome(fails()))
                .failedWith(IOException.class)
                .took(Duration.ofSeconds(2))
                .hasTraceThrough("AsyncTestTest.fails", "AsyncTestTest.an_outcome_is_asserted_with_time_and_trace");
        await(assertOutcome(waitFor(sleep(Duration.ofDays(1)), Duration.ofSeconds(5))))
                .failedWith(AsyncTimeoutException.class)
                .took(Duration.ofSeconds(5));
    }

    @AsyncTest
    void the_clock_is_moved() {
        List<String> done = new ArrayList<>();
        getRunningLoop().callLater(Duration.ofSeconds(10), () -> done.add("ten"));
        getRunningLoop()
                .callLater(Duration.ofSeconds(20), () -> getRunningLoop().callSoon(() -> done.add("twenty")));

        await(advance(Duration.ofSeconds(10)));
        assertThat(done).containsExactly("ten");
        await(advance(Duration.ofSeconds(10)));
        assertThat(done).containsExactly("ten", "twenty");
    }

    @AsyncTest
    void what_is_ready_runs_until_all_wait() {
        List<String> done = new ArrayList<>();
        Task<Void> task = createTask(async(() -> {
            for (int i = 0; i < 5; i++) {
                await(sleep(Duration.ZERO));
            }
            done.add("ready");
            await(sleep(Duration.ofSeconds(1)));
            done.add("later");
            return Coroutine.done();
        }));

        await(runUntilIdle());

        assertThat(done).containsExactly("ready");
        assertThat(getRunningLoop().time()).isEqualTo(Duration.ofSeconds(1).toNanos());
        await(task);
    }
}
