package io.github.jasyncio.web;

import static io.github.jasyncio.Asyncio.asCompleted;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.ensureFuture;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.gatherOutcomes;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.newEventLoop;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.runCoroutineThreadsafe;
import static io.github.jasyncio.Asyncio.shield;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.taskGroup;
import static io.github.jasyncio.Asyncio.timeout;
import static io.github.jasyncio.Asyncio.toThread;
import static io.github.jasyncio.Asyncio.waitFor;
import static io.github.jasyncio.Asyncio.wrapFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCallable;
import io.github.jasyncio.AsyncCloseable;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.net.Net;
import io.github.jasyncio.sync.Event;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever needs a loop says what to do where there is none, on a server's thread too, and doing so works. */
class WithoutLoopTest {

    private static final Duration SOON = Duration.ofMillis(1);

    @Async
    private static Coroutine<Integer> price(int n) {
        await(sleep(SOON));
        return Coroutine.of(n * 10);
    }

    /** The eager kind, as a controller has it. */
    @Async
    private static CompletableFuture<Object> handle(AsyncCallable<?> what) throws Exception {
        Object value = await(what.call());
        return CompletableFuture.completedFuture(value);
    }

    @Async
    private static CompletableFuture<Integer> sum() {
        List<Integer> prices = await(gather(price(1), price(2)));
        return CompletableFuture.completedFuture(prices.get(0) + prices.get(1));
    }

    static Stream<Named<AsyncCallable<?>>> whatNeedsTheRunningLoop() {
        return Stream.of(
                needs("sleep", () -> sleep(SOON)),
                needs("createTask", () -> Coroutine.of(await(createTask(price(1))))),
                needs("waitFor", () -> waitFor(price(1), SOON)),
                needs("timeout", () -> timeout(SOON, timeout -> price(1))),
                needs("taskGroup", () -> taskGroup(group -> price(1))),
                needs("toThread", () -> toThread(() -> 1)),
                needs("getRunningLoop", () -> Coroutine.of(getRunningLoop())),
                needs("Event", () -> new Event().waitOn()),
                needs("getaddrinfo", () -> Net.getaddrinfo("localhost", 80)),
                needs("openConnection", () -> Net.openConnection("localhost", 80)));
    }

    static Stream<Named<AsyncCallable<?>>> whatNeedsSomeLoop() {
        return Stream.of(
                needs("gather", () -> Coroutine.of(await(gather(price(1), price(2))))),
                needs("gather of nothing", () -> Coroutine.of(await(gather(List.<Coroutine<?>>of())))),
                needs("gatherOutcomes", () -> Coroutine.of(await(gatherOutcomes(price(1))))),
                needs("ensureFuture", () -> Coroutine.of(await(ensureFuture(price(1))))),
                needs("shield", () -> Coroutine.of(await(shield(price(1))))),
                needs("wrapFuture", () -> Coroutine.of(await(wrapFuture(new CompletableFuture<>())))),
                Named.of(
                        "asCompleted",
                        () -> Coroutine.of(
                                asCompleted(List.of(price(1))).iterator().next())));
    }

    private static <T> Named<AsyncCallable<?>> needs(String name, AsyncCallable<T> what) {
        return Named.of(name, what);
    }

    @ParameterizedTest
    @MethodSource("whatNeedsTheRunningLoop")
    void what_needs_the_running_loop_names_the_ways_to_one(AsyncCallable<?> what) {
        assertThatThrownBy(() -> handle(what).get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(missing("no running event loop"));
    }

    @ParameterizedTest
    @MethodSource("whatNeedsSomeLoop")
    void what_needs_some_loop_names_the_ways_to_one(AsyncCallable<?> what) {
        assertThatThrownBy(() -> handle(what).get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        missing("there is no current event loop")
                                + "\n    Or setEventLoop(loop) before, and run the loop afterwards: loop.runUntilComplete(...).");
    }

    private static String missing(String what) {
        return """
            %s on thread '%s': coroutines have one while a loop runs them, and so have callbacks
                Where a program begins, write: run(coroutine).
                On a thread of others, a web server's say, hand the coroutine to a loop: runCoroutineThreadsafe(coroutine, loop). One loop is enough for the
                application: EventLoop.over(Executors.newSingleThreadScheduledExecutor()).
                An @Async CompletableFuture method has the loop that runs where it is called: call it from a coroutine or callback of that loop.""".formatted(what, Thread.currentThread().getName());
    }

    @Test
    void a_loop_over_an_executor_serves_the_threads_of_a_server() throws Exception {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
        EventLoop loop = EventLoop.over(executor);
        ExecutorService server = Executors.newFixedThreadPool(2);

        List<Future<Integer>> answers = Stream.of(1, 2, 3)
                .map(n -> server.submit(
                        () -> runCoroutineThreadsafe(price(n), loop).get()))
                .toList();

        assertThat(answers).extracting(Future::get).containsExactly(10, 20, 30);
        executor.submit(loop::close).get();
        executor.shutdown();
        server.shutdown();
    }

    @Test
    void a_loop_with_a_thread_of_its_own_serves_them_too() throws Exception {
        EventLoop loop = newEventLoop();
        Thread thread = new Thread(() -> {
            loop.runForever();
            loop.close();
        });
        thread.start();

        assertThat(runCoroutineThreadsafe(price(1), loop).get()).isEqualTo(10);
        loop.callSoonThreadsafe(loop::stop);
        thread.join();
    }

    @Test
    void an_eager_method_has_the_loop_on_which_it_is_called() throws Exception {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
        EventLoop loop = EventLoop.over(executor);
        BlockingQueue<CompletableFuture<Integer>> answers = new LinkedBlockingQueue<>();

        loop.callSoonThreadsafe(() -> answers.add(sum()));

        assertThat(answers.take().get()).isEqualTo(30);
        executor.submit(loop::close).get();
        executor.shutdown();
    }

    @Test
    void a_resource_is_closed_where_no_loop_runs_in_the_way_that_is_named() {
        AsyncCloseable resource = () -> Coroutine.done();

        assertThatThrownBy(() -> closeIn(resource))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith(
                        "runCoroutineThreadsafe(resource.closeAsync(), loop) or, where no loop runs, run(resource.closeAsync()).");
        run(resource.closeAsync());
    }

    private static void closeIn(AutoCloseable resource) throws Exception {
        resource.close();
    }
}
