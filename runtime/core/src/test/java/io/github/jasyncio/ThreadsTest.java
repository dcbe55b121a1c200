package io.github.jasyncio;

import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.toThread;
import static io.github.jasyncio.Scripted.await;
import static io.github.jasyncio.Scripted.coroutine;
import static io.github.jasyncio.Scripted.fail;
import static io.github.jasyncio.Scripted.give;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.internal.loop.ParkingPoller;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** The two doors from outside, executors, and the rules between threads; the order is that of the traces thread*. */
@NullUnmarked // null is tested as well
class ThreadsTest extends LoopTest {

    @Test
    void a_thread_wakes_a_loop_that_has_nothing_to_do() throws Exception {
        Future<String> future = loop.createFuture();
        Thread thread = new Thread(() -> loop.callSoonThreadsafe(() -> future.setResult("woken")));
        loop.callSoon(thread::start);

        assertThat(run(future)).isEqualTo("woken");
        thread.join();
    }

    @Test
    void a_loop_that_has_nothing_to_do_sleeps_without_looking_up() throws Exception {
        EventLoop real = EventLoop.builder().build();
        Thread thread = new Thread(real::runForever);
        thread.start();

        untilItSleeps(thread);

        real.callSoonThreadsafe(real::stop);
        thread.join();
        real.close();
    }

    @Test
    void a_loop_that_sleeps_does_not_keep_what_has_run_last() throws Exception {
        EventLoop real = EventLoop.builder().build();
        Task<String> task = real.createTask(sleep(java.time.Duration.ZERO, "slept"));
        Thread thread = new Thread(real::runForever);
        thread.start();
        untilItSleeps(thread);

        assertThat(real.current()).isNull();
        assertThat(real.execution.innermost()).isNull();
        assertThat(task.result()).isEqualTo("slept");

        real.callSoonThreadsafe(real::stop);
        thread.join();
        real.close();
    }

    /** Not TIMED_WAITING, as it would be if it looked now and then whether there is something to do. */
    private static void untilItSleeps(Thread thread) {
        while (thread.getState() != Thread.State.WAITING
                || !(LockSupport.getBlocker(thread) instanceof ParkingPoller)) {
            if (Thread.interrupted()) {
                throw new AssertionError("the loop's thread is " + thread.getState());
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void a_loop_with_the_real_clock_is_woken_from_a_long_sleep() throws Exception {
        EventLoop real = EventLoop.builder().build();
        Task<String> task = real.createTask(sleep(java.time.Duration.ofDays(1), "slept"));
        Thread thread = new Thread(() -> real.callSoonThreadsafe(task::cancel));
        real.callSoon(thread::start);

        assertThatThrownBy(() -> real.runUntilComplete(task)).isInstanceOf(CancelledError.class);
        thread.join();
        real.close();
    }

    @Test
    void calls_of_eight_threads_are_all_run_each_thread_s_in_order() throws Exception {
        int threads = 8;
        int calls = 5000;
        int[] next = new int[threads];
        int[] left = {threads * calls};
        Future<Void> all = loop.createFuture();
        List<Thread> started = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int number = t;
            started.add(new Thread(() -> {
                for (int i = 0; i < calls; i++) {
                    int call = i;
                    loop.callSoonThreadsafe(() -> {
                        assertThat(call).isEqualTo(next[number]++);
                        if (--left[0] == 0) {
                            all.setResult(null);
                        }
                    });
                }
            }));
        }
        started.forEach(Thread::start);

        run(all);

        for (Thread thread : started) {
            thread.join();
        }
        assertThat(next).containsOnly(calls);
    }

    @Test
    void in_debug_mode_a_foreign_thread_is_refused() throws Exception {
        loop.setDebug(true);
        List<String> refused = new ArrayList<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        loop.callSoon(() -> log("never here"));
                    } catch (IllegalStateException e) {
                        refused.add(e.getMessage());
                    }
                },
                "foreign");
        loop.callSoon(() -> {
            thread.start();
            joinQuietly(thread);
        });

        turns(1);

        String here = Thread.currentThread().getName();
        assertThat(refused)
                .containsExactly(
                        "callSoon called on thread 'foreign', but <EventLoop running=true closed=false debug=true>"
                                + " runs on '" + here + "'; use callSoonThreadsafe from other threads");
    }

    private static void joinQuietly(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void an_interrupt_of_an_idle_loop_s_thread_leaves_the_loop() {
        Task<Void> task = loop.createTask(coroutine(() -> await(loop.<Void>createFuture(), v -> give(null))));
        loop.callSoon(() -> Thread.currentThread().interrupt());

        assertThatThrownBy(() -> run(task))
                .isInstanceOf(KeyboardInterrupt.class)
                .hasMessageStartingWith("the thread of the event loop was interrupted");

        task.cancel();
        assertThatThrownBy(() -> run(task)).isInstanceOf(CancelledError.class);
    }

    @Test
    void to_thread_runs_elsewhere_with_the_caller_s_context() {
        ContextVar<String> var = new ContextVar<>("var", "default");
        Thread here = Thread.currentThread();

        run(coroutine(() -> {
            var.set("the caller's");
            return await(
                    toThread(() -> {
                        boolean isElsewhere = Thread.currentThread() != here;
                        String seen = var.get();
                        var.set("the thread's");
                        return seen + " " + isElsewhere;
                    }),
                    v -> {
                        log(v, var.get());
                        return give(null);
                    });
        }));

        assertThat(trace).containsExactly("0 the caller's true the caller's");
    }

    @Test
    void a_failure_in_a_thread_arrives_as_it_was_thrown() {
        Boom failure = new Boom("in the thread");

        assertThatThrownBy(() -> run(toThread(() -> {
                    throw failure;
                })))
                .isSameAs(failure);
    }

    @Test
    void virtual_time_stands_still_while_a_call_runs_in_an_executor() {
        CountDownLatch release = new CountDownLatch(1);
        loop.callLater(ms(10), () -> log("timer"));
        loop.callSoon(release::countDown);

        Future<String> call = loop.runInExecutor(null, () -> {
            release.await();
            return "done";
        });

        assertThat(run(call)).isEqualTo("done");
        log("call is back");
        run(sleep(ms(20)));
        assertThat(trace).containsExactly("0 call is back", "10 timer");
    }

    @Test
    void a_call_that_was_cancelled_before_it_began_does_not_run() throws Exception {
        ExecutorService one = Executors.newSingleThreadExecutor();
        CountDownLatch release = new CountDownLatch(1);
        Future<String> first = loop.runInExecutor(one, () -> {
            release.await();
            return "first";
        });
        Future<String> second = loop.runInExecutor(one, () -> {
            log("never here");
            return "second";
        });

        second.cancel();
        turns(1);
        release.countDown();

        assertThat(run(first)).isEqualTo("first");
        assertThatThrownBy(() -> run(second)).isInstanceOf(CancelledError.class);
        one.shutdown();
        assertThat(one.awaitTermination(1, java.util.concurrent.TimeUnit.MINUTES))
                .isTrue();
        assertThat(trace).isEmpty();
    }

    @Test
    void a_default_executor_that_is_shut_down_refuses() {
        run(toThread(() -> 1));

        run(loop.shutdownDefaultExecutor());

        assertThatThrownBy(() -> run(toThread(() -> 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has been shut down");
    }

    @Test
    void shutting_down_waits_for_the_calls_that_run() {
        CountDownLatch release = new CountDownLatch(1);
        Future<String> call = loop.runInExecutor(null, () -> {
            release.await();
            return "done";
        });
        Task<Void> shutdown = loop.createTask(loop.shutdownDefaultExecutor(ms(1000)));
        turns(1);
        assertThat(shutdown.isDone()).isFalse();

        release.countDown();

        run(shutdown);
        assertThat(run(call)).isEqualTo("done");
    }

    @Test
    void a_coroutine_is_handed_to_a_loop_from_another_thread() throws Exception {
        List<Object> seen = new ArrayList<>();
        Future<Void> finished = loop.createFuture();
        Thread thread = new Thread(() -> {
            seen.add(Asyncio.runCoroutineThreadsafe(sleep(ms(1), "value"), loop).join());
            CompletableFuture<Object> failing =
                    Asyncio.runCoroutineThreadsafe(coroutine(() -> fail(new Boom("b"))), loop);
            seen.add(failing.handle((v, e) -> e).join());
            loop.callSoonThreadsafe(() -> finished.setResult(null));
        });
        thread.start();

        run(finished);

        thread.join();
        assertThat(seen).hasToString("[value, Boom: b]");
    }

    @Test
    void cancelling_from_another_thread_cancels_the_task() throws Exception {
        Future<Void> noticed = loop.createFuture();
        Coroutine<Void> waits = coroutine(() -> await(loop.<Void>createFuture(), v -> give(null), e -> {
            noticed.setResult(null);
            return fail(e);
        }));
        Thread thread = new Thread(() -> {
            CompletableFuture<Void> result = Asyncio.runCoroutineThreadsafe(waits, loop);
            Asyncio.runCoroutineThreadsafe(sleep(ms(0)), loop).join();
            result.cancel(true);
        });
        thread.start();

        run(noticed);

        thread.join();
        turns(2);
        assertThat(loop.allTasks()).isEmpty();
    }
}
