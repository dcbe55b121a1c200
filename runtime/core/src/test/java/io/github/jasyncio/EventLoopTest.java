package io.github.jasyncio;

import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Scripted.await;
import static io.github.jasyncio.Scripted.coroutine;
import static io.github.jasyncio.Scripted.fail;
import static io.github.jasyncio.Scripted.give;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Semantics: {@code asyncio.BaseEventLoop}; the order is that of the traces handles_*, timers_*, loop_*, handler_* and sleep0_and_callbacks. */
@NullUnmarked // null is tested as well
class EventLoopTest extends LoopTest {

    @Test
    void a_turn_runs_what_stood_in_the_queue_when_it_began() {
        loop.callSoon(() -> {
            log("a");
            loop.callSoon(() -> log("queued by a"));
        });
        loop.callSoon(() -> log("b"));

        turns(1);
        assertThat(trace).containsExactly("0 a", "0 b");
        turns(1);
        assertThat(trace).containsExactly("0 a", "0 b", "0 queued by a");
    }

    @Test
    void a_cancelled_handle_is_skipped_even_in_the_turn_that_runs() {
        Handle[] victim = new Handle[1];
        loop.callSoon(() -> victim[0].cancel());
        victim[0] = loop.callSoon(() -> log("never here"));
        Handle last = loop.callSoon(() -> log("the one behind it"));

        turns(1);

        assertThat(trace).containsExactly("0 the one behind it");
        assertThat(victim[0].isCancelled()).isTrue();
        assertThat(victim[0]).hasToString("<Handle cancelled>");
        assertThat(last).hasToString("<Handle lambda in io.github.jasyncio.EventLoopTest>");
        last.cancel();
        assertThat(last.isCancelled()).isTrue();
    }

    @Test
    void calls_of_the_loop_s_own_thread_keep_their_place_through_the_thread_safe_door() {
        loop.callSoon(() -> log(1));
        loop.callSoonThreadsafe(() -> log(2));
        loop.callSoon(() -> log(3));
        loop.callSoonThreadsafe(() -> log(4));

        turns(1);

        assertThat(trace).containsExactly("0 1", "0 2", "0 3", "0 4");
    }

    @Test
    void timers_run_by_deadline_and_then_by_creation() {
        loop.callLater(ms(20), () -> log("20"));
        loop.callLater(ms(10), () -> log("10 a"));
        loop.callAt(ms(10).toNanos(), () -> log("10 b"));
        loop.callLater(ms(-5), () -> log("past"));
        loop.callLater(Duration.ZERO, () -> log("zero"));
        loop.callSoon(() -> log("soon"));

        run(sleep(ms(30)));

        assertThat(trace).containsExactly("0 soon", "0 past", "0 zero", "10 10 a", "10 10 b", "20 20");
    }

    @Test
    void a_timer_is_cancelled_until_it_has_run() {
        TimerHandle[] handles = new TimerHandle[2];
        loop.callLater(ms(30), () -> handles[0].cancel());
        handles[0] = loop.callLater(ms(30), () -> log("due in the same turn"));
        handles[1] = loop.callLater(ms(40), () -> log("cancelled early"));
        assertThat(handles[1].when()).isEqualTo(40_000_000);

        handles[1].cancel();
        run(sleep(ms(50)));

        assertThat(trace).isEmpty();
        assertThat(handles[0].isCancelled()).isTrue();
        assertThat(handles[1]).hasToString("<TimerHandle cancelled when=40000000>");
    }

    @Test
    void timers_come_out_in_order_whatever_is_cancelled() {
        long seed = 42;
        Random random = new Random(seed);
        List<TimerHandle> handles = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            int number = i;
            handles.add(loop.callLater(ms(random.nextInt(50)), () -> log(number)));
        }
        for (int i = 0; i < 500; i++) {
            if (random.nextBoolean()) {
                handles.get(i).cancel();
            }
        }
        for (long at = 0; at < 50; at++) {
            for (int i = 0; i < 500; i++) {
                if (handles.get(i).when() == ms(at).toNanos() && !handles.get(i).isCancelled()) {
                    expected.add(at + " " + i);
                }
            }
        }

        run(sleep(ms(100)));

        assertThat(trace).as("seed %s", seed).isEqualTo(expected);
    }

    @Test
    void a_delay_that_no_long_can_hold_is_never() {
        TimerHandle handle = loop.callLater(Duration.ofSeconds(Long.MAX_VALUE), () -> log("never"));

        assertThat(handle.when()).isEqualTo(Long.MAX_VALUE);
        handle.cancel();
    }

    @Test
    void virtual_time_begins_at_zero_and_jumps() {
        assertThat(loop.time()).isZero();

        run(sleep(Duration.ofDays(365)));

        assertThat(loop.time()).isEqualTo(Duration.ofDays(365).toNanos());
    }

    @Test
    void a_sleep_that_is_cancelled_leaves_no_timer_behind() {
        Task<Void> task = loop.createTask(sleep(Duration.ofHours(1)));
        turns(1);
        assertThat(loop.timers().size()).isEqualTo(1);

        task.cancel();

        assertThatThrownBy(() -> run(task)).isInstanceOf(CancelledError.class);
        assertThat(loop.timers().isEmpty()).isTrue();
        assertThat(loop.time()).isZero();
    }

    @Test
    void sleep_zero_gives_its_result_after_one_turn() {
        Coroutine<String> awaits = coroutine(() -> await(sleep(Duration.ZERO, "r"), v -> give(v)));

        assertThat(run(awaits)).isEqualTo("r");
        assertThat(run(sleep(ms(-1), "negative"))).isEqualTo("negative");
        assertThat(run(sleep(ms(5), "later"))).isEqualTo("later");
    }

    @Test
    void a_shuffled_loop_repeats_its_orders_for_the_same_seed() {
        assertThat(shuffled(1))
                .isEqualTo(shuffled(1))
                .isNotEqualTo(shuffled(2))
                .containsExactlyInAnyOrderElementsOf(shuffled(3));
    }

    private static List<Integer> shuffled(long seed) {
        EventLoop loop = EventLoop.builder().virtualTime().shuffle(seed).build();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int number = i;
            loop.callSoon(() -> order.add(number));
        }
        loop.stop();
        loop.runForever();
        loop.close();
        return order;
    }

    @Test
    void stop_lets_the_turn_end() {
        loop.callSoon(() -> {
            loop.stop();
            loop.callSoon(() -> log("behind the stop"));
            log("stops", loop.isRunning());
        });
        loop.callSoon(() -> log("same turn"));

        loop.runForever();
        log("stopped", loop.isRunning());
        turns(1);

        assertThat(trace).containsExactly("0 stops true", "0 same turn", "0 stopped false", "0 behind the stop");
    }

    @Test
    void run_until_complete_says_when_the_loop_was_stopped_first() {
        Task<Void> task = loop.createTask(sleep(ms(30)), "t");
        loop.callLater(ms(10), loop::stop);

        assertThatThrownBy(() -> run(task))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("runUntilComplete: event loop stopped before the future completed: <Task pending name='t'"
                        + " wait_for=<Future pending>>");
        run(task);
        assertThat(loop.time()).isEqualTo(ms(30).toNanos());
    }

    @Test
    void a_closed_loop_refuses_everything() {
        loop.close();
        loop.close();

        assertThat(loop.isClosed()).isTrue();
        assertThatThrownBy(() -> run(Coroutine.of(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "runUntilComplete: event loop is closed: <EventLoop running=false closed=true debug=false>");
        assertThatThrownBy(loop::runForever).hasMessageStartingWith("runForever: event loop is closed");
        assertThatThrownBy(() -> loop.callSoon(() -> {})).hasMessageStartingWith("callSoon: event loop is closed");
        assertThatThrownBy(() -> loop.callLater(ms(1), () -> {}))
                .hasMessageStartingWith("callLater: event loop is closed");
        assertThatThrownBy(() -> loop.callSoonThreadsafe(() -> {})).hasMessageContaining("event loop is closed");
        assertThatThrownBy(() -> loop.createTask(Coroutine.of(1))).hasMessageContaining("event loop is closed");
        assertThatThrownBy(() -> loop.runInExecutor(null, () -> 1)).hasMessageContaining("event loop is closed");
    }

    @Test
    void a_running_loop_is_neither_run_nor_closed() {
        EventLoop other = EventLoop.builder().virtualTime().build();

        run(coroutine(() -> {
            assertThatThrownBy(() -> loop.runUntilComplete(Coroutine.of(1)))
                    .hasMessage("runUntilComplete: this event loop is already running: <EventLoop running=true"
                            + " closed=false debug=false>; inside of it use await(...) or createTask(...)");
            assertThatThrownBy(() -> other.runUntilComplete(Coroutine.of(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("while another loop is running on thread");
            assertThatThrownBy(loop::close).hasMessageStartingWith("cannot close a running event loop");
            return give(null);
        }));

        assertThat(other.allTasks()).isEmpty();
        other.close();
    }

    @Test
    void null_is_no_callback() {
        assertThatThrownBy(() -> loop.callSoon(null)).hasMessage("callSoon: a callback was expected, got null");
        assertThatThrownBy(() -> loop.callLater(null, () -> {}))
                .hasMessage("callLater: a delay was expected, got null");
    }

    @Test
    void a_failing_callback_is_reported_and_the_loop_goes_on() {
        loop.setExceptionHandler((lp, context) -> log(context.keySet(), context.get("exception"), lp == loop));
        loop.callSoon(() -> {
            throw new Boom("b");
        });
        loop.callSoon(() -> log("goes on"));

        turns(1);

        assertThat(trace).containsExactly("0 [message, exception, handle] Boom: b true", "0 goes on");
    }

    @Test
    void a_handler_that_fails_stops_nothing() {
        loop.setExceptionHandler((lp, context) -> {
            log(context.get("message"));
            throw new Boom("handler");
        });
        loop.callSoon(() -> loop.callExceptionHandler(Map.of("message", "own")));
        loop.callSoon(() -> log("goes on"));

        turns(1);

        assertThat(trace).containsExactly("0 own", "0 goes on");
    }

    @Test
    void there_is_no_handler_at_first() {
        loop.setExceptionHandler(null);

        assertThat(loop.getExceptionHandler()).isNull();
    }

    @Test
    void the_running_loop_is_known_while_it_runs() {
        assertThatThrownBy(Asyncio::getRunningLoop)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("no running event loop on thread");

        loop.callSoon(() -> log(Asyncio.getRunningLoop() == loop, Asyncio.getEventLoop() == loop));
        turns(1);

        assertThat(trace).containsExactly("0 true true");
        Asyncio.setEventLoop(null);
        assertThatThrownBy(Asyncio::getEventLoop).hasMessageStartingWith("there is no current event loop on thread");
    }

    @Test
    void an_eager_task_runs_up_to_its_first_suspension_while_it_is_made() {
        loop.setTaskFactory(TaskFactory.EAGER);

        run(coroutine(() -> {
            Task<?> me = Asyncio.currentTask();
            Task<String> atOnce = Asyncio.createTask(coroutine(() -> {
                log("current", Asyncio.currentTask() != me, Asyncio.allTasks().size());
                return give("v");
            }));
            log("done", atOnce.isDone(), Asyncio.currentTask() == me);
            Task<String> later = Asyncio.createTask(coroutine(() -> await(sleep(Duration.ZERO), v -> give("w"))));
            log("done", later.isDone());
            return await(Asyncio.gather(atOnce, later), v -> {
                log(v);
                return give(null);
            });
        }));

        assertThat(trace).containsExactly("0 current true 2", "0 done true true", "0 done false", "0 [v, w]");
    }

    @Test
    void an_eager_task_is_refused_on_another_thread_than_the_loop_s() {
        loop.setTaskFactory(TaskFactory.EAGER);
        Coroutine<Void> body = Scripted.doing(() -> log("never"));
        List<Throwable> refusals = new ArrayList<>();
        Runnable create = () -> refusals.add(catchThrowable(() -> loop.createTask(body)));
        loop.callSoon(() -> {
            Thread other = new Thread(create, "other");
            other.start();
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });

        turns(2);

        assertThat(refusals)
                .singleElement()
                .isInstanceOf(IllegalStateException.class)
                .extracting(Throwable::getMessage)
                .isEqualTo("createTask called on thread 'other', but <EventLoop running=true closed=false debug=false>"
                        + " runs elsewhere, and its task factory is to run the beginning at once;"
                        + " use runCoroutineThreadsafe(coroutine, loop) from other threads");
        assertThat(trace).isEmpty();
        assertThat(loop.allTasks()).isEmpty();
    }

    @Test
    void an_eager_task_keeps_its_failure_and_its_cancellation() {
        loop.setTaskFactory(TaskFactory.EAGER);

        run(coroutine(() -> {
            Task<String> fails = Asyncio.createTask(coroutine(() -> fail(new Boom("eager"))));
            Task<String> cancelled = Asyncio.createTask(coroutine(() -> {
                Asyncio.currentTask().cancel("self");
                return give("v");
            }));
            log(fails.exception(), cancelled.isCancelled());
            return give(null);
        }));

        assertThat(trace).containsExactly("0 Boom: eager true");
    }

    @Test
    void a_factory_of_one_s_own_makes_the_tasks() {
        loop.setTaskFactory(new TaskFactory() {
            @Override
            public <T> Task<T> create(EventLoop lp, Coroutine<T> coroutine, String name, Context context) {
                return DEFAULT.create(lp, coroutine, "made by the factory", context);
            }
        });

        assertThat(loop.createTask(Coroutine.done()).getName()).isEqualTo("made by the factory");
        turns(1);
    }
}
