package io.github.jasyncio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.internal.loop.Poller;
import io.github.jasyncio.internal.loop.ReadyQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** What a burst needed is given back. */
@NullUnmarked // as free as a test
class IdleMemoryTest {

    private static final int MANY = 100_000;

    @Test
    void a_ready_queue_gives_back_what_it_did_not_need_between_two_rests() {
        ReadyQueue ready = new ReadyQueue();
        burst(ready, MANY);
        assertThat(ready.rest(Poller.FOREVER)).as("looks again soon").isLessThan(Poller.FOREVER);
        assertThat(ready.isRoomy()).as("a burst like the last may follow").isTrue();

        burst(ready, 10);

        assertThat(ready.rest(Poller.FOREVER)).isEqualTo(Poller.FOREVER);
        assertThat(ready.isRoomy()).isFalse();
        burst(ready, MANY);
    }

    @Test
    void bursts_that_come_again_keep_their_room() {
        ReadyQueue ready = new ReadyQueue();
        for (int i = 0; i < 3; i++) {
            burst(ready, MANY);
            assertThat(ready.rest(0)).isZero();
            assertThat(ready.isRoomy()).isTrue();
        }
    }

    private static void burst(ReadyQueue ready, int count) {
        for (int i = 0; i < count; i++) {
            ready.add(i);
        }
        for (int i = 0; i < count; i++) {
            assertThat(ready.poll()).isEqualTo(i);
        }
        assertThat(ready.isEmpty()).isTrue();
    }

    @Test
    void a_loop_that_waits_gives_back_the_memory_of_a_burst() throws Exception {
        EventLoop loop = Asyncio.newEventLoop();
        Thread thread = new Thread(loop::runForever);
        for (int i = 0; i < MANY; i++) {
            loop.callSoon(() -> {});
        }
        assertThat(loop.ready.isRoomy()).isTrue();

        thread.start();
        while (loop.ready.isRoomy()) {
            Thread.onSpinWait(); // it looks again by itself
        }

        loop.callSoonThreadsafe(loop::stop);
        thread.join();
        loop.close();
    }

    @Test
    void a_loop_over_an_executor_looks_again_later() {
        ManualExecutor executor = new ManualExecutor();
        List<Runnable> wakeUps = new ArrayList<>();
        List<Duration> delays = new ArrayList<>();
        EventLoop loop = EventLoop.over(executor, (wakeUp, delay) -> {
            wakeUps.add(wakeUp);
            delays.add(delay);
        });
        for (int i = 0; i < MANY; i++) {
            loop.callSoon(() -> {});
        }
        executor.runAll();
        assertThat(loop.ready.isRoomy()).isTrue();
        assertThat(delays).containsExactly(Duration.ofSeconds(1));

        wakeUps.get(0).run();
        executor.runAll();

        assertThat(loop.ready.isRoomy()).isFalse();
        assertThat(wakeUps).hasSize(1);
        loop.close();
    }

    @Test
    void timers_give_memory_back_as_they_go() {
        EventLoop loop = EventLoop.builder().virtualTime().build();
        List<TimerHandle> timers = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            timers.add(loop.callLater(Duration.ofSeconds(i), () -> {}));
        }
        int full = loop.timers().capacity();

        timers.subList(0, MANY / 2).forEach(TimerHandle::cancel);
        loop.callLater(Duration.ofSeconds(MANY), loop::stop);
        loop.runForever();

        assertThat(full).isGreaterThanOrEqualTo(MANY);
        assertThat(loop.timers().size()).isZero();
        assertThat(loop.timers().capacity()).isLessThanOrEqualTo(4096);
        loop.close();
    }
}
