package io.github.jasyncio;

import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.runCoroutineThreadsafe;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Scripted.await;
import static io.github.jasyncio.Scripted.coroutine;
import static io.github.jasyncio.Scripted.fail;
import static io.github.jasyncio.Scripted.give;
import static io.github.jasyncio.Scripted.yields;
import static io.github.jasyncio.fixtures.VirtualTime.ms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.fixtures.VirtualTime.Boom;
import io.netty.channel.DefaultEventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Loops that live on other people's threads: {@link EventLoop#over}. */
@NullUnmarked // as free as a test
class OverExecutorTest {

    /** Other people's threads. */
    enum Host {
        SWING,
        NETTY,
        SCHEDULED,
        PLAIN;

        Executor open() {
            return switch (this) {
                case SWING -> SwingUtilities::invokeLater;
                case NETTY -> new DefaultEventLoop();
                case SCHEDULED -> Executors.newSingleThreadScheduledExecutor();
                case PLAIN -> Executors.newSingleThreadExecutor();
            };
        }

        static void close(Executor executor) throws InterruptedException {
            if (executor instanceof ExecutorService service) {
                service.shutdown();
                assertThat(service.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            }
        }
    }

    /** Runs a job on the executor's thread, as an event listener would, and waits for it. */
    private static <T> T on(Executor executor, Supplier<T> job) {
        return CompletableFuture.supplyAsync(job, executor).join();
    }

    private static void close(EventLoop loop, Executor executor) throws InterruptedException {
        on(executor, () -> {
            loop.close();
            return null;
        });
        Host.close(executor);
    }

    // ------------------------------------------------------------------------------------------------ the same order

    /** What happened in which turn; the counting ends before the clock first jumps. */
    private static final class Trace {

        final List<String> lines = Collections.synchronizedList(new ArrayList<>());
        private final EventLoop loop;
        private int turn;

        Trace(EventLoop loop) {
            this.loop = loop;
            countTurn();
        }

        private void countTurn() {
            if (turn++ < 30) {
                loop.callSoon(this::countTurn);
            }
        }

        void log(Object what) {
            lines.add(loop.time() / 1_000_000 + " ms, turn " + turn + ": " + what);
        }
    }

    private static Coroutine<String> program(Trace trace) {
        EventLoop loop = trace.loop;
        return coroutine(() -> {
            trace.log("begins as " + currentTask().getName() + " on " + (Asyncio.getRunningLoop() == loop));
            loop.callSoon(() -> trace.log("soon"));
            loop.callLater(ms(10), () -> trace.log("timer at 10"));
            loop.callLater(ms(5), () -> trace.log("timer at 5"));
            loop.callSoonThreadsafe(() -> trace.log("by the other door"));
            Future<String> future = loop.createFuture();
            future.addDoneCallback(f -> trace.log("future " + f.result()));
            Task<String> a = createTask(worker(trace, "a", 3, future), "a");
            Task<String> b = createTask(worker(trace, "b", 1, future), "b");
            Task<Void> victim = createTask(cleansUp(trace), "victim");
            Task<Void> fails = createTask(coroutine(() -> yields(2, () -> fail(new Boom("f")))), "fails");
            loop.callSoon(() -> {
                throw new Boom("in a callback");
            });
            return yields(5, () -> {
                trace.log("cancels");
                victim.cancel("enough");
                return await(gather(a, b), values -> {
                    trace.log("gathered " + values + " " + fails.exception());
                    return await(
                            victim,
                            v -> give("never"),
                            e -> await(sleep(ms(10), "slept"), slept -> {
                                trace.log("victim " + e.getMessage() + ", " + slept);
                                return give("the end");
                            }));
                });
            });
        });
    }

    private static Coroutine<String> worker(Trace trace, String name, int turns, Future<String> future) {
        return coroutine(() -> yields(turns, () -> {
            trace.log(name + " has yielded");
            if (!future.isDone()) {
                future.setResult("from " + name);
            }
            return await(
                    future,
                    value -> await(sleep(ms(10)), v -> {
                        trace.log(name + " has slept");
                        return give(name);
                    }));
        }));
    }

    private static Coroutine<Void> cleansUp(Trace trace) {
        return coroutine(() -> await(sleep(Duration.ofHours(1)), v -> give(null), e -> {
            trace.log("cleans up");
            return await(sleep(ms(3)), v -> fail(e));
        }));
    }

    private static Trace begin(EventLoop loop, List<Future<String>> started) {
        Trace trace = new Trace(loop);
        loop.setExceptionHandler((lp, context) -> trace.log("handler: " + context.get("exception")));
        started.add(loop.createTask(program(trace), "program"));
        return trace;
    }

    @ParameterizedTest
    @EnumSource(Host.class)
    void a_program_takes_the_same_turns_as_on_a_loop_of_its_own(Host host) throws Exception {
        EventLoop own = EventLoop.builder().virtualTime().build();
        List<Future<String>> task = new ArrayList<>();
        Trace expected = begin(own, task);
        assertThat(own.runUntilComplete(task.get(0))).isEqualTo("the end");
        own.close();
        Executor executor = host.open();
        EventLoop loop = EventLoop.builder().virtualTime().over(executor).build();
        CompletableFuture<String> end = new CompletableFuture<>();

        Trace trace = on(executor, () -> {
            List<Future<String>> started = new ArrayList<>();
            Trace begun = begin(loop, started);
            started.get(0).addDoneCallback(f -> end.complete(f.result()));
            return begun;
        });

        assertThat(end.join()).isEqualTo("the end");
        assertThat(trace.lines).isEqualTo(expected.lines).hasSize(15);
        close(loop, executor);
    }

    @ParameterizedTest
    @EnumSource(Host.class)
    void real_time_passes_without_blocking_the_thread(Host host) throws Exception {
        Executor executor = host.open();
        EventLoop loop = EventLoop.over(executor);
        List<String> trace = new ArrayList<>();
        CountDownLatch jobRan = new CountDownLatch(1);

        CompletableFuture<Void> slept = runCoroutineThreadsafe(
                coroutine(() -> {
                    long begin = loop.time();
                    loop.callAt(begin + ms(30).toNanos(), () -> trace.add("30"));
                    loop.callAt(begin + ms(10).toNanos(), () -> trace.add("10"));
                    executor.execute(jobRan::countDown);
                    return await(sleep(ms(40)), v -> {
                        trace.add("40 " + (loop.time() - begin >= ms(40).toNanos()));
                        return give(null);
                    });
                }),
                loop);
        jobRan.await();

        slept.join();
        assertThat(trace).containsExactly("10", "30", "40 true");
        close(loop, executor);
    }

    @Test
    void timers_may_come_from_another_executor_or_from_anywhere() throws Exception {
        ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        EventLoop scheduled = EventLoop.over(executor, timers);
        // Comes at once, so too early, until it is late enough.
        EventLoop early = EventLoop.over(executor, (wakeUp, delay) -> wakeUp.run());

        assertThat(runCoroutineThreadsafe(sleep(ms(5), "scheduled"), scheduled).join())
                .isEqualTo("scheduled");
        assertThat(runCoroutineThreadsafe(sleep(ms(5), "early"), early).join()).isEqualTo("early");

        on(executor, () -> {
            early.close();
            return null;
        });
        close(scheduled, executor);
        Host.close(timers);
    }

    @Test
    void a_wake_up_that_is_on_its_way_is_not_asked_for_again() {
        ManualExecutor executor = new ManualExecutor();
        List<Duration> asked = new ArrayList<>();
        List<Runnable> wakeUps = new ArrayList<>();
        EventLoop loop = EventLoop.over(executor, (wakeUp, delay) -> {
            asked.add(delay);
            wakeUps.add(wakeUp);
        });

        TimerHandle far = loop.callLater(Duration.ofHours(2), () -> {});
        executor.runAll();
        loop.callLater(Duration.ofHours(3), () -> {});
        executor.runAll();
        TimerHandle near = loop.callLater(Duration.ofHours(1), () -> {});
        executor.runAll();
        near.cancel();
        loop.callSoon(() -> {});
        executor.runAll();
        assertThat(asked).hasSize(2);

        // It has come, for nothing; the one below it is still on its way.
        wakeUps.get(1).run();
        executor.runAll();
        assertThat(asked).hasSize(2);
        wakeUps.get(0).run();
        executor.runAll();
        assertThat(asked).hasSize(3);
        assertThat(far.isCancelled()).isFalse();
        loop.close();
    }

    // ------------------------------------------------------------------------------------------------ turns and jobs

    @Test
    void a_turn_is_one_job_and_none_is_asked_for_when_nothing_is_ready() {
        ManualExecutor executor = new ManualExecutor();
        EventLoop loop = EventLoop.over(executor);
        List<String> trace = new ArrayList<>();
        assertThat(executor.size()).isZero();

        loop.callSoon(() -> {
            trace.add("a");
            loop.callSoon(() -> trace.add("queued by a"));
        });
        loop.callSoonThreadsafe(() -> trace.add("b"));
        assertThat(executor.size()).isEqualTo(1);

        executor.runOne();
        assertThat(trace).containsExactly("a", "b");
        assertThat(executor.size()).isEqualTo(1);
        executor.runOne();
        assertThat(trace).containsExactly("a", "b", "queued by a");
        assertThat(executor.size()).isZero();
        loop.close();
    }

    @ParameterizedTest
    @EnumSource(Host.class)
    void the_loop_is_the_running_one_during_its_turns_only(Host host) throws Exception {
        Executor executor = host.open();
        EventLoop loop = EventLoop.over(executor);

        assertThat(on(executor, EventLoop::running)).isNull();
        assertThat(runCoroutineThreadsafe(
                                coroutine(() -> give(Asyncio.getRunningLoop() == loop
                                        && currentTask().getLoop() == loop)),
                                loop)
                        .join())
                .isTrue();
        assertThat(on(executor, EventLoop::running)).isNull();
        close(loop, executor);
    }

    @ParameterizedTest
    @EnumSource(Host.class)
    void jobs_of_others_run_between_the_turns_of_a_busy_loop(Host host) throws Exception {
        Executor executor = host.open();
        EventLoop loop = EventLoop.over(executor);
        boolean[] isEnough = new boolean[1];
        CompletableFuture<String> end = runCoroutineThreadsafe(yieldsUntil(isEnough), loop);

        on(executor, () -> isEnough[0] = true);

        assertThat(end.join()).isEqualTo("enough");
        close(loop, executor);
    }

    private static Coroutine<String> yieldsUntil(boolean[] isEnough) {
        return coroutine(() -> yieldUntil(isEnough));
    }

    private static Scripted.Step<String> yieldUntil(boolean[] isEnough) {
        return await(sleep(Duration.ZERO), v -> isEnough[0] ? give("enough") : yieldUntil(isEnough));
    }

    @Test
    void a_turn_inside_of_another_loop_s_waits_for_its_end() {
        ManualExecutor executor = new ManualExecutor();
        EventLoop outer = EventLoop.over(executor);
        EventLoop inner = EventLoop.over(executor);
        List<String> trace = new ArrayList<>();
        Runnable dialog = () -> {
            trace.add("dialog opens");
            executor.runAll();
            trace.add("dialog closes");
        };
        outer.callSoon(dialog);
        outer.callSoon(() -> trace.add("same turn"));
        inner.callSoon(() -> trace.add("inner"));
        executor.runAll();

        assertThat(trace).containsExactly("dialog opens", "dialog closes", "same turn", "inner");
        outer.close();
        inner.close();
    }

    @Test
    void a_turn_inside_of_an_ordinary_loop_waits_for_its_end() {
        ManualExecutor executor = new ManualExecutor();
        EventLoop over = EventLoop.over(executor);
        EventLoop ordinary = EventLoop.builder().build();
        List<String> trace = new ArrayList<>();
        over.callSoon(() -> trace.add("over"));
        ordinary.callSoon(() -> {
            executor.runAll();
            trace.add("ordinary");
            ordinary.stop();
        });

        ordinary.runForever();
        assertThat(trace).containsExactly("ordinary");
        executor.runAll();

        assertThat(trace).containsExactly("ordinary", "over");
        over.close();
        ordinary.close();
    }

    @Test
    void an_interrupt_thrown_by_a_task_goes_to_the_executor_and_the_loop_goes_on() {
        ManualExecutor executor = new ManualExecutor();
        EventLoop loop = EventLoop.over(executor);
        List<String> trace = new ArrayList<>();
        loop.callSoon(() -> {
            throw new KeyboardInterrupt("now");
        });
        loop.callSoon(() -> trace.add("goes on"));

        assertThatThrownBy(executor::runOne).isInstanceOf(KeyboardInterrupt.class);
        executor.runAll();

        assertThat(trace).containsExactly("goes on");
        assertThat(EventLoop.running()).isNull();
        loop.close();
    }

    // ------------------------------------------------------------------------------------------------ threads

    @ParameterizedTest
    @EnumSource(Host.class)
    void nothing_of_what_eight_threads_hand_in_is_lost(Host host) throws Exception {
        Executor executor = host.open();
        EventLoop loop = EventLoop.over(executor);
        int threads = 8;
        int calls = 1000;
        CountDownLatch left = new CountDownLatch(threads * calls);
        List<Thread> started = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            started.add(new Thread(() -> {
                for (int i = 0; i < calls; i++) {
                    loop.callSoonThreadsafe(left::countDown);
                }
            }));
        }
        started.forEach(Thread::start);

        left.await();

        for (Thread thread : started) {
            thread.join();
        }
        close(loop, executor);
    }

    @Test
    void turns_do_not_overlap_even_on_an_executor_with_several_threads() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(4);
        EventLoop loop = EventLoop.over(executor);
        AtomicInteger atWork = new AtomicInteger();
        List<Integer> counts = new ArrayList<>();
        CountDownLatch left = new CountDownLatch(2000);
        for (int i = 0; i < 2000; i++) {
            loop.callSoonThreadsafe(() -> {
                counts.add(atWork.incrementAndGet());
                Thread.onSpinWait();
                atWork.decrementAndGet();
                left.countDown();
            });
        }

        left.await();

        assertThat(counts).hasSize(2000).containsOnly(1);
        Host.close(executor);
    }

    @Test
    void in_debug_mode_a_foreign_thread_is_refused_between_the_turns_as_well() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor(job -> new Thread(job, "the executor's"));
        EventLoop loop = EventLoop.builder().debug(true).over(executor).build();
        assertThat(runCoroutineThreadsafe(Coroutine.of(1), loop).join()).isEqualTo(1);
        on(executor, () -> null);

        assertThatThrownBy(() -> loop.createTask(Coroutine.of(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("but <EventLoop running=true closed=false debug=true> runs on 'the executor's';"
                        + " use callSoonThreadsafe from other threads");
        assertThat(on(executor, () -> loop.createTask(Coroutine.of(2)).isDone()))
                .isFalse();
        close(loop, executor);
    }

    @Test
    void an_eager_task_of_a_listener_begins_with_the_next_turn() {
        ManualExecutor executor = new ManualExecutor();
        EventLoop loop = EventLoop.over(executor);
        loop.setTaskFactory(TaskFactory.EAGER);

        Task<Boolean> task = loop.createTask(coroutine(() -> give(currentTask() != null)));

        assertThat(task.isDone()).isFalse();
        executor.runAll();
        assertThat(task.result()).isTrue();
        loop.close();
    }

    // ------------------------------------------------------------------------------------------------ the end

    @Test
    void what_would_block_the_thread_is_refused() {
        EventLoop loop = EventLoop.over(new ManualExecutor());
        Runner runner = Runner.builder().loopFactory(() -> loop).build();
        String rest = ": <EventLoop running=true closed=false debug=false> takes its turns on an executor, by itself;"
                + " start coroutines with loop.createTask(coroutine) on the executor's thread,"
                + " or with runCoroutineThreadsafe(coroutine, loop) on any other";

        assertThatThrownBy(loop::runForever)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("runForever" + rest);
        assertThatThrownBy(() -> loop.runUntilComplete(Coroutine.of(1))).hasMessage("runUntilComplete" + rest);
        assertThatThrownBy(() -> runner.run(Coroutine.of(1))).hasMessage("Runner" + rest);
        assertThat(loop.allTasks()).isEmpty();
        runner.close();
        loop.close();
    }

    @Test
    void stop_lets_the_turn_end_and_no_other_comes() {
        ManualExecutor executor = new ManualExecutor();
        EventLoop loop = EventLoop.over(executor);
        List<String> trace = new ArrayList<>();
        loop.callSoon(() -> {
            loop.stop();
            loop.callSoon(() -> trace.add("never"));
        });
        loop.callSoon(() -> trace.add("same turn"));

        executor.runAll();
        loop.callSoonThreadsafe(() -> trace.add("never either"));
        executor.runAll();

        assertThat(trace).containsExactly("same turn");
        assertThat(loop.isRunning()).isFalse();
        loop.close();
    }

    @Test
    void stop_between_the_turns_takes_back_the_one_that_was_asked_for() {
        ManualExecutor executor = new ManualExecutor();
        EventLoop loop = EventLoop.over(executor);
        List<String> trace = new ArrayList<>();
        loop.callSoon(() -> trace.add("never"));

        loop.stop();
        executor.runAll();

        assertThat(trace).isEmpty();
        assertThat(loop.isRunning()).isFalse();
        loop.close();
    }

    @Test
    void close_is_for_between_the_turns_and_reports_what_is_pending() {
        ManualExecutor executor = new ManualExecutor();
        EventLoop loop = EventLoop.over(executor);
        List<Object> reports = new ArrayList<>();
        loop.setExceptionHandler((lp, context) -> {
            reports.add(context.get("message"));
            reports.add(context.get("exception"));
        });
        loop.callSoon(loop::close);
        loop.createTask(sleep(Duration.ofHours(1)));
        executor.runAll();
        assertThat(reports).hasSize(2);
        assertThat(reports.get(1))
                .hasToString("java.lang.IllegalStateException: cannot close a running event loop: <EventLoop"
                        + " running=true closed=false debug=false>; close it between its turns:"
                        + " executor.execute(loop::close)");
        reports.clear();

        loop.close();

        assertThat(reports).containsExactly("Task was destroyed but it is pending!", null);
        assertThat(loop.isRunning()).isFalse();
        assertThatThrownBy(() -> loop.callSoon(() -> {})).hasMessageStartingWith("callSoon: event loop is closed");
        executor.runAll();
    }

    @Test
    void an_executor_that_runs_jobs_inside_of_execute_is_refused() {
        EventLoop loop = EventLoop.over(new Executor() {
            @Override
            public void execute(Runnable job) {
                job.run();
            }

            @Override
            public String toString() {
                return "<direct>";
            }
        });

        assertThatThrownBy(() -> loop.callSoon(() -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the executor of <EventLoop running=true closed=false debug=false> runs jobs inside of"
                        + " execute(), so callbacks would run in the middle of others; give EventLoop.over one that"
                        + " queues them, for example SwingUtilities::invokeLater: <direct>");
        loop.close();
    }

    @Test
    void an_executor_that_is_shut_down_stops_the_loop() {
        ManualExecutor executor = new ManualExecutor();
        EventLoop loop = EventLoop.over(executor);
        loop.callSoon(() -> {
            executor.shutDown();
            loop.callSoon(() -> {});
        });

        executor.runAll();

        assertThat(loop.isRunning()).isFalse();
        loop.close();
        EventLoop other = EventLoop.over(executor);
        assertThatThrownBy(() -> other.callSoon(() -> {})).hasMessage("shut down");
        other.close();
    }
}
