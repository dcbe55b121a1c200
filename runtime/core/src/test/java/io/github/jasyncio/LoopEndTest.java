package io.github.jasyncio;

import static io.github.jasyncio.Scripted.await;
import static io.github.jasyncio.Scripted.coroutine;
import static io.github.jasyncio.Scripted.give;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.DefaultEventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who waits outside of a loop for something of it hears of its end, in whatever way it ends. */
@NullUnmarked // as free as a test
class LoopEndTest {

    private final List<Throwable> uncaught = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void no_thread_died() {
        assertThat(uncaught).isEmpty();
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "outside");
        thread.setUncaughtExceptionHandler((t, failure) -> uncaught.add(failure));
        return thread;
    }

    private static <T> T on(Executor executor, Supplier<T> job) {
        return CompletableFuture.supplyAsync(job, executor).join();
    }

    private static EventLoop quiet(EventLoop loop) {
        loop.setExceptionHandler((l, context) -> {}); // tasks are left pending on purpose
        return loop;
    }

    /** The ways in which a loop may end. */
    enum Ending {
        CLOSED("the event loop was closed before this was done: <EventLoop running=false closed=true debug=false>") {
            @Override
            void end(EventLoop loop, ExecutorService executor) {
                on(executor, () -> {
                    loop.close();
                    return null;
                });
            }
        },
        STOPPED_BETWEEN_TURNS("because stop() was called") {
            @Override
            void end(EventLoop loop, ExecutorService executor) {
                on(executor, () -> {
                    loop.stop();
                    return null;
                });
            }
        },
        STOPPED_IN_A_TURN("because stop() was called") {
            @Override
            void end(EventLoop loop, ExecutorService executor) {
                loop.callSoonThreadsafe(loop::stop);
            }
        },
        SHUT_DOWN("because its executor was shut down") {
            @Override
            void end(EventLoop loop, ExecutorService executor) {
                executor.shutdown();
            }
        },
        SHUT_DOWN_WITH_A_TURN_IN_THE_QUEUE("because its executor was shut down") {
            @Override
            void end(EventLoop loop, ExecutorService executor) {
                on(executor, () -> {
                    loop.callSoon(() -> {});
                    return executor.shutdownNow();
                });
            }
        };

        private final String how;

        Ending(String how) {
            this.how = how;
        }

        abstract void end(EventLoop loop, ExecutorService executor);
    }

    private enum Host {
        PLAIN,
        SCHEDULED,
        NETTY;

        ExecutorService open() {
            return switch (this) {
                case PLAIN -> Executors.newSingleThreadExecutor();
                case SCHEDULED -> Executors.newSingleThreadScheduledExecutor();
                case NETTY -> new DefaultEventLoop();
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void those_who_wait_for_a_loop_over_an_executor_hear_of_its_end(Ending ending) throws Exception {
        for (Host host : Host.values()) {
            ExecutorService executor = host.open();
            EventLoop loop = quiet(EventLoop.over(executor));
            CompletableFuture<Object> ofFuture =
                    on(executor, () -> loop.createFuture().toCompletableFuture());
            CompletableFuture<Object> ofTask =
                    Asyncio.runCoroutineThreadsafe(coroutine(() -> await(loop.createFuture(), Scripted::give)), loop);
            CompletableFuture<String> ofSleep =
                    Asyncio.runCoroutineThreadsafe(Asyncio.sleep(Duration.ofHours(1), "slept"), loop);
            CompletableFuture<Integer> done = Asyncio.runCoroutineThreadsafe(coroutine(() -> give(1)), loop);
            assertThat(done.get(1, TimeUnit.MINUTES)).isEqualTo(1);
            on(executor, () -> null); // the turn is over, and the wake-up in an hour has been asked for

            ending.end(loop, executor);

            for (CompletableFuture<?> waiting : List.of(ofFuture, ofTask, ofSleep)) {
                assertThatThrownBy(() -> waiting.get(1, TimeUnit.MINUTES))
                        .as("%s on %s", ending, host)
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining(ending.how);
            }
            loop.close();
            executor.shutdownNow();
            assertThat(executor.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    @Test
    void those_who_come_after_the_end_hear_of_it_as_well() throws Exception {
        ManualExecutor executor = new ManualExecutor();
        EventLoop loop = EventLoop.over(executor);
        Future<Void> future = loop.createFuture();
        loop.stop();

        CompletableFuture<Object> late = Asyncio.runCoroutineThreadsafe(coroutine(() -> give(1)), loop);

        assertThat(late).isCompletedExceptionally();
        assertThat(future.toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(IllegalStateException.class)
                .withMessage("java.lang.IllegalStateException: the event loop takes no turns any more, because stop()"
                        + " was called, so what was waited for will not be done: "
                        + "<EventLoop running=false closed=false debug=false>");
        loop.close();
        assertThatThrownBy(() -> Asyncio.runCoroutineThreadsafe(Coroutine.done(), loop))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("runCoroutineThreadsafe: event loop is closed: "
                        + "<EventLoop running=false closed=true debug=false>");
    }

    @Test
    void what_has_come_and_not_arrived_arrives_when_the_loop_is_closed() {
        List<Object> reports = new ArrayList<>();
        EventLoop loop = Asyncio.newEventLoop();
        loop.setExceptionHandler((l, context) -> reports.add(context));
        Future<Integer> value = loop.createFuture();
        Future<Integer> failure = loop.createFuture();
        Future<Integer> cancelled = loop.createFuture();
        CompletableFuture<Integer> ofValue = value.toCompletableFuture();
        CompletableFuture<Integer> ofFailure = failure.toCompletableFuture();
        CompletableFuture<Integer> ofCancelled = cancelled.toCompletableFuture();
        value.setResult(1);
        failure.setException(new Boom("f"));
        cancelled.cancel();

        loop.close();

        assertThat(ofValue).isCompletedWithValue(1);
        assertThatThrownBy(ofFailure::join).hasCause(failure.exception());
        assertThat(ofCancelled).isCancelled();
        assertThat(reports).isEmpty();
    }

    @Test
    void whoever_waits_for_an_ordinary_loop_that_is_closed_fails_once() {
        EventLoop loop = Asyncio.newEventLoop();
        CompletableFuture<Object> waiting = loop.createFuture().toCompletableFuture();
        CompletableFuture<Object> submitted = Asyncio.runCoroutineThreadsafe(coroutine(() -> give(1)), loop);
        List<Object> outcomes = new ArrayList<>();
        CompletableFuture<Object> unused = waiting.whenComplete((value, failure) -> outcomes.add(failure));

        loop.close();
        loop.close();

        assertThat(submitted).isCompletedExceptionally();
        assertThat(outcomes).hasSize(1);
        assertThatThrownBy(waiting::join)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the event loop was closed before this was done: "
                        + "<EventLoop running=false closed=true debug=false>");
        assertThat(loop.outsiders.isEmpty()).isTrue();
    }

    @Test
    void who_is_done_is_not_kept() {
        EventLoop loop = Asyncio.newEventLoop();
        Future<Integer> future = loop.createFuture();
        CompletableFuture<Integer> waiting = future.toCompletableFuture();
        CompletableFuture<Integer> cancelled = loop.<Integer>createFuture().toCompletableFuture();
        CompletableFuture<Integer> task = Asyncio.runCoroutineThreadsafe(coroutine(() -> give(1)), loop);

        future.setResult(1);
        cancelled.cancel(true);
        loop.runUntilComplete(coroutine(() -> await(Asyncio.wrapFuture(task), Scripted::give)));

        assertThat(waiting).isCompletedWithValue(1);
        assertThat(loop.outsiders.isEmpty()).isTrue();
        loop.close();
    }

    @Test
    void nobody_hears_of_the_end_while_the_last_turn_is_at_work() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        EventLoop loop = EventLoop.over(executor);
        CompletableFuture<Void> stage = new CompletableFuture<>();
        CompletableFuture<String> slow = new CompletableFuture<>();
        CompletableFuture<Integer> last = Asyncio.runCoroutineThreadsafe(
                coroutine(() -> await(Asyncio.wrapFuture(stage), unused -> {
                    executor.shutdown();
                    assertThatThrownBy(() -> outside(() -> loop.callSoonThreadsafe(() -> {})))
                            .isInstanceOf(RejectedExecutionException.class);
                    slow.complete("in time");
                    return give(1);
                })),
                loop);
        CompletableFuture<String> waiting = on(executor, () -> {
            Future<String> future = loop.createFuture();
            CompletableFuture<Void> unused = slow.thenAccept(future::setResult);
            return future.toCompletableFuture();
        });

        executor.execute(() -> stage.complete(null));

        assertThat(waiting.get(1, TimeUnit.MINUTES)).isEqualTo("in time");
        assertThat(last.get(1, TimeUnit.MINUTES)).isEqualTo(1);
        loop.close();
    }

    private static void outside(Runnable work) {
        FutureTask<Void> task = new FutureTask<>(work, null);
        new Thread(task).start();
        try {
            task.get();
        } catch (ExecutionException e) {
            throw (RuntimeException) e.getCause();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Whoever asked before whether the loop is closed, and was too slow, is told. */
    @Test
    void what_is_handed_in_after_the_end_is_refused() {
        EventLoop loop = Asyncio.newEventLoop();
        loop.close();

        boolean isTaken = loop.handIn(new Handle((Runnable) () -> {}, VarMap.EMPTY), false);

        assertThat(isTaken).isFalse();
        assertThat(loop.hasMail()).isFalse();
    }

    @Test
    void a_coroutine_that_is_cancelled_before_it_was_made_a_task_is_cancelled() {
        EventLoop loop = Asyncio.newEventLoop();
        List<String> trace = new ArrayList<>();
        CompletableFuture<Integer> cancelled = Asyncio.runCoroutineThreadsafe(
                coroutine(() -> await(Asyncio.ensureFuture(Asyncio.sleep(Duration.ofDays(1))), unused -> {
                    trace.add("slept");
                    return give(1);
                })),
                loop);
        cancelled.cancel(true);

        loop.runUntilComplete(Asyncio.sleep(Duration.ZERO));
        loop.runUntilComplete(Asyncio.sleep(Duration.ZERO));
        loop.runUntilComplete(Asyncio.sleep(Duration.ZERO));

        assertThat(loop.allTasks()).isEmpty();
        assertThat(trace).isEmpty();
        loop.close();
    }

    // ------------------------------------------------------------------------------------------------ races

    @Test
    void a_worker_that_reports_to_a_loop_that_is_being_closed_does_not_fail() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor(this::thread);
        CyclicBarrier start = new CyclicBarrier(2);
        for (int i = 0; i < 2000; i++) {
            EventLoop loop = Asyncio.newEventLoop();
            CompletableFuture<Integer> stage = new CompletableFuture<>();
            Asyncio.setEventLoop(loop);
            Asyncio.wrapFuture(stage);
            Asyncio.setEventLoop(null);
            loop.runInExecutor(executor, () -> {
                start.await();
                stage.complete(1);
                return 1;
            });
            start.await();
            loop.close();
        }
        executor.shutdown();
        assertThat(executor.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void every_coroutine_handed_in_while_the_loop_is_being_closed_ends_or_is_refused() throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        for (int i = 0; i < 2000; i++) {
            EventLoop loop = Asyncio.newEventLoop();
            List<CompletableFuture<Integer>> futures = new ArrayList<>();
            Thread outside = thread(() -> {
                meet(start);
                try {
                    futures.add(Asyncio.runCoroutineThreadsafe(coroutine(() -> give(1)), loop));
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessageContaining("event loop is closed");
                }
            });
            outside.start();
            meet(start);
            loop.close();
            outside.join();
            assertThat(futures).allSatisfy(future -> assertThat(future).isDone());
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    // ------------------------------------------------------------------------------------------------ users' executors

    @Test
    void a_call_in_the_queue_of_an_executor_that_is_shut_down_now_fails() {
        EventLoop loop = Asyncio.newEventLoop();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        CountDownLatch begun = new CountDownLatch(1);
        Future<Object> running = loop.runInExecutor(executor, () -> {
            begun.countDown();
            return new CountDownLatch(1).await(1, TimeUnit.HOURS);
        });
        Future<Object> queued = loop.runInExecutor(executor, () -> "never");
        loop.callSoon(() -> {
            try {
                begun.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            executor.shutdownNow();
        });

        loop.runUntilComplete(Asyncio.waitOn(List.of(running, queued), ReturnWhen.ALL_COMPLETED));

        assertThat(running.exception()).isInstanceOf(InterruptedException.class);
        assertThat(queued.exception())
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageStartingWith(
                        "the executor was shut down before it began this call, which was in its queue: ");
        assertThat(loop.outsideWork.calls()).isZero();
        loop.close();
    }

    @Test
    void shutting_down_the_default_executor_leaves_no_thread_that_waits_for_a_call_without_end() throws Exception {
        EventLoop loop = Asyncio.newEventLoop();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        loop.setDefaultExecutor(executor);
        CountDownLatch end = new CountDownLatch(1);
        loop.runInExecutor(null, () -> end.await(1, TimeUnit.HOURS));

        loop.runUntilComplete(loop.shutdownDefaultExecutor(Duration.ofMillis(1)));

        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("jasyncio-shutdown")) {
                thread.join(60_000);
                assertThat(thread.isAlive()).isFalse();
            }
        }
        end.countDown();
        loop.close();
    }

    // ------------------------------------------------------------------------------------------------ wake-ups

    @Test
    void a_closed_loop_leaves_no_wake_up_in_the_scheduler() throws Exception {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1);
        EventLoop loop = quiet(EventLoop.over(executor));
        on(executor, () -> {
            loop.createTask(Asyncio.sleep(Duration.ofHours(20)));
            return null;
        });
        CompletableFuture<Object> near =
                Asyncio.runCoroutineThreadsafe(Asyncio.sleep(Duration.ofMillis(1), "near"), loop);
        near.get(1, TimeUnit.MINUTES);
        on(executor, () -> {
            loop.close();
            return null;
        });

        executor.shutdown();

        assertThat(executor.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void a_nearer_wake_up_takes_the_place_of_a_near_one() {
        ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1);
        timers.setRemoveOnCancelPolicy(true);
        ManualExecutor executor = new ManualExecutor();
        EventLoop loop = EventLoop.over(executor, (ScheduledExecutorService) timers);
        for (int hours = 20; hours > 1; hours--) {
            loop.callLater(Duration.ofHours(hours), () -> {});
            executor.runAll();

            assertThat(timers.getQueue()).hasSizeLessThanOrEqualTo(2);
        }
        loop.close();

        assertThat(timers.getQueue()).isEmpty();
        timers.shutdown();
    }

    @Test
    void timers_that_take_nothing_back_do_not_keep_a_closed_loop() throws Exception {
        ManualExecutor executor = new ManualExecutor();
        List<Runnable> kept = new ArrayList<>();
        java.lang.ref.WeakReference<EventLoop> loop = closedWith(executor, kept);

        while (loop.get() != null) {
            System.gc();
            Thread.onSpinWait();
        }

        assertThat(kept).hasSize(1);
        kept.get(0).run();
        assertThat(executor.size()).isZero();
    }

    private static java.lang.ref.WeakReference<EventLoop> closedWith(ManualExecutor executor, List<Runnable> kept) {
        EventLoop loop = EventLoop.over(executor, (wakeUp, delay) -> kept.add(wakeUp));
        loop.callLater(Duration.ofHours(1), () -> {});
        executor.runAll();
        loop.close();
        return new java.lang.ref.WeakReference<>(loop);
    }
}
