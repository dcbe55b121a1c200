package io.github.jasyncio;

import static io.github.jasyncio.Scripted.await;
import static io.github.jasyncio.Scripted.coroutine;
import static io.github.jasyncio.Scripted.give;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call that takes a duration, with the most extreme ones: what is negative is over at once, what no long can hold never. */
@NullUnmarked // as free as a test
class DurationsTest {

    private static final List<Duration> OVER = List.of(
            Duration.ofSeconds(Long.MIN_VALUE),
            Duration.ofSeconds(Long.MIN_VALUE / 1_000_000_000),
            Duration.ofDays(-365 * 300),
            Duration.ofNanos(Long.MIN_VALUE),
            Duration.ofNanos(-1),
            Duration.ZERO);

    private static final List<Duration> NEVER = List.of(
            Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
            Duration.ofDays(365 * 300),
            Duration.ofNanos(Long.MAX_VALUE));

    private enum Clock {
        REAL,
        VIRTUAL
    }

    /** The calls by name; each ends when its time has come. */
    private enum Call {
        sleep {
            @Override
            Awaitable<?> begin(EventLoop loop, Duration duration) {
                return Asyncio.sleep(duration);
            }
        },
        callLater {
            @Override
            Awaitable<?> begin(EventLoop loop, Duration duration) {
                Future<Void> due = loop.createFuture();
                loop.callLater(duration, () -> due.setResult(null));
                return due;
            }
        },
        waitFor {
            @Override
            Awaitable<?> begin(EventLoop loop, Duration duration) {
                return Asyncio.waitFor(loop.createFuture(), duration);
            }
        },
        timeout {
            @Override
            Awaitable<?> begin(EventLoop loop, Duration duration) {
                return Asyncio.timeout(
                        duration, timeout -> coroutine(() -> await(loop.createFuture(), Scripted::give)));
            }
        },
        waitOn {
            @Override
            Awaitable<?> begin(EventLoop loop, Duration duration) {
                return Asyncio.waitOn(List.of(loop.createFuture()), ReturnWhen.ALL_COMPLETED, duration);
            }
        },
        asCompleted {
            @Override
            Awaitable<?> begin(EventLoop loop, Duration duration) {
                return coroutine(() -> {
                    List<Future<Object>> futures = List.of(loop.createFuture());
                    return await(
                            Asyncio.asCompleted(futures, duration).iterator().next(), Scripted::give);
                });
            }
        },
        shutdownDefaultExecutor {
            @Override
            Awaitable<?> begin(EventLoop loop, Duration duration) {
                Semaphore end = new Semaphore(0);
                ExecutorService executor = Executors.newSingleThreadExecutor();
                loop.setDefaultExecutor(executor);
                loop.runInExecutor(null, () -> {
                    end.acquireUninterruptibly();
                    return null;
                });
                return coroutine(() -> await(
                        loop.shutdownDefaultExecutor(duration),
                        v -> {
                            end.release();
                            return give(null);
                        },
                        e -> {
                            end.release();
                            return Scripted.fail(e);
                        }));
            }
        };

        abstract Awaitable<?> begin(EventLoop loop, Duration duration);
    }

    static Stream<Arguments> overCases() {
        return casesOf(OVER);
    }

    static Stream<Arguments> neverCases() {
        return casesOf(NEVER);
    }

    private static Stream<Arguments> casesOf(List<Duration> durations) {
        return Stream.of(Clock.values())
                .flatMap(clock -> Stream.of(Call.values())
                        .flatMap(call -> durations.stream().map(duration -> Arguments.of(clock, call, duration))));
    }

    private static EventLoop loop(Clock clock) {
        EventLoop loop = clock == Clock.REAL
                ? Asyncio.newEventLoop()
                : EventLoop.builder().virtualTime().build();
        loop.setExceptionHandler((l, context) -> {}); // what is left pending on purpose
        return loop;
    }

    @ParameterizedTest(name = "{1}({2}) by the clock {0}")
    @MethodSource("overCases")
    void what_is_negative_is_over_at_once(Clock clock, Call call, Duration duration) {
        EventLoop loop = loop(clock);
        Task<?> task = loop.createTask(coroutine(() -> await(call.begin(loop, duration), Scripted::give)));

        loop.runUntilComplete(Asyncio.waitOn(List.of(task), ReturnWhen.ALL_COMPLETED));

        assertThat(task.isDone()).isTrue();
        if (clock == Clock.VIRTUAL) {
            assertThat(loop.time()).isZero();
        }
        loop.close();
    }

    @ParameterizedTest(name = "{1}({2}) by the clock {0}")
    @MethodSource("neverCases")
    void what_no_long_can_hold_is_never(Clock clock, Call call, Duration duration) {
        EventLoop loop = loop(clock);
        Task<?> task = loop.createTask(coroutine(() -> await(call.begin(loop, duration), Scripted::give)));
        Future<Void> meanwhile = loop.createFuture();
        Thread outside = new Thread(() -> loop.callSoonThreadsafe(() ->
                loop.callSoon(() -> loop.callSoon(() -> loop.callSoon(() -> meanwhile.setResult(null))))));
        loop.callSoon(outside::start);

        loop.runUntilComplete(meanwhile);

        assertThat(task.isDone()).isFalse();
        assertThat(loop.time()).isLessThan(Duration.ofDays(1).toNanos());
        task.cancel();
        loop.runUntilComplete(Asyncio.gatherOutcomes(List.of(task)));
        loop.close();
    }

    @Test
    void a_slow_callback_duration_may_be_any() {
        for (Duration duration : Stream.concat(OVER.stream(), NEVER.stream()).toList()) {
            EventLoop loop = EventLoop.builder().debug(true).build();
            loop.setSlowCallbackDuration(duration);

            assertThat(loop.slowCallbackDuration()).isEqualTo(duration);
            loop.close();
        }
    }

    @Test
    void timeouts_are_moved_to_any_time() {
        for (long when : new long[] {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE}) {
            EventLoop loop = loop(Clock.REAL);
            Task<?> task = loop.createTask(Asyncio.timeout(
                    null,
                    timeout -> coroutine(() -> {
                        timeout.reschedule(when);
                        return await(Asyncio.sleep(Duration.ofMillis(1), "slept"), Scripted::give);
                    })));

            loop.runUntilComplete(Asyncio.waitOn(List.of(task), ReturnWhen.ALL_COMPLETED));

            if (when == Long.MAX_VALUE) {
                assertThat(task.result()).isEqualTo("slept");
            } else {
                assertThat(task.exception()).isInstanceOf(AsyncTimeoutException.class);
            }
            loop.close();
        }
    }

    @Test
    void no_call_with_a_duration_is_left_out() {
        Set<String> tested = Arrays.stream(Call.values()).map(Enum::name).collect(toCollection(TreeSet::new));
        tested.add("setSlowCallbackDuration");

        Set<String> present = Stream.of(
                        Asyncio.class, EventLoop.class, Timeout.class, Runner.class, Runner.Builder.class)
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(method -> Arrays.asList(method.getParameterTypes()).contains(Duration.class))
                .map(Method::getName)
                .collect(toCollection(TreeSet::new));

        assertThat(present).isEqualTo(tested);
    }
}
