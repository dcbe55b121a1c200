package io.github.jasyncio.loops;

import static io.github.jasyncio.Asyncio.allTasks;
import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.gatherOutcomes;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.newEventLoop;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCallable;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.ContextVar;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.KeyboardInterrupt;
import io.github.jasyncio.Outcome;
import io.github.jasyncio.Task;
import io.github.jasyncio.debug.Logged;
import io.github.jasyncio.net.ConnectOptions;
import io.github.jasyncio.net.Net;
import io.github.jasyncio.net.StreamConnection;
import io.github.jasyncio.net.StreamReader;
import io.github.jasyncio.net.StreamWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Coroutines on the loops of a group: where they run, how they end, and that nothing of a group is left. */
@NullUnmarked // as free as a test
@Timeout(60)
class LoopGroupTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final LoopGroup group =
            LoopGroup.builder().size(2).name("group-under-test").build();

    @AfterEach
    void no_thread_is_left() {
        group.close();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("group-under-test"));
    }

    // ------------------------------------------------------------------------------------------------ where

    @Async
    private static Coroutine<String> nameOfThread() {
        await(sleep(Duration.ZERO));
        return Coroutine.of(Thread.currentThread().getName());
    }

    @Test
    void coroutines_run_on_the_loops_and_come_home() {
        String home = Thread.currentThread().getName();

        run(async(() -> {
            assertThat(await(group.submitTo(0, LoopGroupTest::nameOfThread))).isEqualTo("group-under-test-0");
            assertThat(await(group.submitTo(1, LoopGroupTest::nameOfThread))).isEqualTo("group-under-test-1");
            assertThat(Thread.currentThread().getName()).isEqualTo(home);
            return Coroutine.done();
        }));
    }

    @Test
    void the_loop_with_the_least_to_do_takes_the_next() {
        run(async(() -> {
            Task<Void> busy = createTask(group.submitTo(1, () -> sleep(LONG)));
            await(sleep(Duration.ZERO));

            for (int i = 0; i < 4; i++) {
                assertThat(await(group.submit(LoopGroupTest::nameOfThread))).isEqualTo("group-under-test-0");
            }

            busy.cancel();
            await(gatherOutcomes(busy));
            return Coroutine.done();
        }));
    }

    @Test
    void who_is_no_coroutine_starts_one_from_any_thread() {
        CompletableFuture<String> name = group.start(LoopGroupTest::nameOfThread);
        CompletableFuture<Object> fails = group.start(() -> {
            await(sleep(Duration.ZERO));
            throw new IOException("disk");
        });
        CompletableFuture<Object> failsToBegin = group.start(() -> {
            throw new IOException("no disk");
        });

        assertThat(name.join()).startsWith("group-under-test-");
        assertThatThrownBy(fails::join).hasRootCauseMessage("disk");
        assertThatThrownBy(failsToBegin::join).hasRootCauseMessage("no disk");
    }

    @Test
    void the_context_goes_along() {
        ContextVar<String> user = new ContextVar<>("user");

        String seen = run(async(() -> {
            user.set("ada");
            String there = await(group.submit(() -> {
                await(sleep(Duration.ZERO));
                String before = user.get();
                user.set("only there");
                return Coroutine.of(before);
            }));
            return Coroutine.of(there + ", " + user.get());
        }));

        assertThat(seen).isEqualTo("ada, ada");
    }

    @Test
    void from_loop_to_loop_and_back() {
        assertThat(run(hop(20))).isEqualTo(20);
    }

    @Async
    private Coroutine<Integer> hop(int times) {
        return times == 0 ? Coroutine.of(0) : Coroutine.of(1 + await(group.submitTo(times % 2, () -> hop(times - 1))));
    }

    // ------------------------------------------------------------------------------------------------ how it ends

    @Test
    void a_failure_arrives_as_it_was_thrown() {
        IOException failure = new IOException("disk");

        assertThatThrownBy(() -> run(group.submit(() -> {
                    await(sleep(Duration.ZERO));
                    throw failure;
                })))
                .isSameAs(failure);
    }

    @Test
    void cancelling_who_waits_cancels_the_task_and_waits_for_its_end() {
        List<String> trace = Collections.synchronizedList(new ArrayList<>());

        run(async(() -> {
            CountDownLatch begun = new CountDownLatch(1);
            Task<String> task = createTask(group.submit(() -> {
                begun.countDown();
                try {
                    await(sleep(LONG));
                } catch (CancelledError e) {
                    await(sleep(Duration.ofMillis(5)));
                    trace.add("cleaned up");
                    throw e;
                }
                return Coroutine.of("slept");
            }));
            await(sleep(Duration.ZERO));
            begun.await();
            task.cancel();
            try {
                await(task);
            } catch (CancelledError e) {
                trace.add("cancelled");
            }
            return Coroutine.done();
        }));

        assertThat(trace).containsExactly("cleaned up", "cancelled");
    }

    @Test
    void what_a_task_makes_of_its_cancellation_counts() {
        String value = run(async(() -> {
            CountDownLatch begun = new CountDownLatch(1);
            Task<String> task = createTask(group.<String>submit(() -> {
                begun.countDown();
                try {
                    await(sleep(LONG));
                } catch (CancelledError e) {
                    return Coroutine.of("all the same");
                }
                return Coroutine.of("slept");
            }));
            await(sleep(Duration.ZERO));
            begun.await();
            task.cancel();
            return Coroutine.of(await(task));
        }));

        assertThat(value).isEqualTo("all the same");
    }

    /** As with a task of one's own loop: {@code must_cancel}. Else a loop of quick submissions might never hear of its cancellation. */
    @ParameterizedTest(name = "its end is on its way: {0}")
    @ValueSource(booleans = {false, true})
    void a_cancellation_that_comes_too_late_for_the_task_stays_with_who_waits(boolean isOnItsWay) {
        Outcome<String> outcome = run(async(() -> {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch mayEnd = new CountDownLatch(1);
            Task<String> task = createTask(group.<String>submitTo(0, () -> {
                begun.countDown();
                mayEnd.await();
                return Coroutine.of("too late");
            }));
            await(sleep(Duration.ZERO));
            begun.await();
            if (isOnItsWay) {
                mayEnd.countDown();
                passTurns(0);
            }
            task.cancel();
            await(sleep(Duration.ZERO)); // hears of it
            mayEnd.countDown();
            return Coroutine.of(await(gatherOutcomes(task)).get(0));
        }));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failure.class,
                        failure -> assertThat(failure.error()).isInstanceOf(CancelledError.class));
    }

    /** Blocks until a loop has had some turns. */
    private void passTurns(int index) {
        for (int i = 0; i < 5; i++) {
            CompletableFuture<Void> passed = new CompletableFuture<>();
            group.loop(index).callSoonThreadsafe(() -> passed.complete(null));
            passed.join();
        }
    }

    @Test
    void a_failure_after_a_cancellation_has_been_retrieved_when_it_has_been_thrown() {
        try (Logged log = new Logged()) {
            run(async(() -> {
                CountDownLatch begun = new CountDownLatch(1);
                Task<String> task = createTask(group.<String>submit(() -> {
                    begun.countDown();
                    try {
                        await(sleep(LONG));
                    } catch (CancelledError e) {
                        throw new IOException("cannot clean up");
                    }
                    return Coroutine.of("slept");
                }));
                await(sleep(Duration.ZERO));
                begun.await();
                task.cancel();
                assertThat(await(gatherOutcomes(task)).get(0))
                        .isInstanceOfSatisfying(
                                Outcome.Failure.class,
                                failure -> assertThat(failure.error()).hasMessage("cannot clean up"));
                return Coroutine.done();
            }));

            assertThat(log.messages()).noneMatch(message -> message.contains("never retrieved"));
        }
    }

    @Test
    void a_cancellation_that_was_looked_at_is_not_reported() {
        List<Object> reports = new ArrayList<>();

        run(async(() -> {
            getRunningLoop().setExceptionHandler((loop, context) -> reports.add(context));
            for (int i = 0; i < 20; i++) {
                try {
                    await(waitFor(group.submit(() -> sleep(LONG)), Duration.ofMillis(2)));
                } catch (AsyncTimeoutException e) {
                    // As it should.
                }
            }
            for (int i = 0; i < 3; i++) {
                System.gc();
                await(sleep(Duration.ofMillis(20)));
            }
            return Coroutine.done();
        }));

        assertThat(reports).isEmpty();
    }

    @Test
    void a_task_that_ends_cancelled_by_itself_cancels_who_waits() {
        assertThatThrownBy(() -> run(group.submit(() -> {
                    throw new CancelledError("enough");
                })))
                .isInstanceOf(CancelledError.class)
                .hasMessage("enough");
    }

    @Test
    void cancelling_what_start_returned_cancels_the_task() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        CompletableFuture<Object> future = group.start(() -> {
            begun.countDown();
            try {
                await(sleep(LONG));
            } finally {
                ended.countDown();
            }
            return Coroutine.of(null);
        });
        begun.await();

        future.cancel(false);

        ended.await();
    }

    // ------------------------------------------------------------------------------------------------ closing

    @Test
    void closing_ends_what_runs_and_says_so_to_who_waits() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        AtomicInteger cleaned = new AtomicInteger();
        AsyncCallable<Void> body = () -> {
            begun.countDown();
            try {
                await(sleep(LONG));
            } finally {
                await(sleep(Duration.ofMillis(1)));
                cleaned.incrementAndGet();
            }
            return Coroutine.done();
        };
        CompletableFuture<Void> outside = group.start(body);
        Throwable[] inside = new Throwable[1];
        Thread other = new Thread(() -> {
            try {
                run(group.submit(body));
            } catch (Throwable t) {
                inside[0] = t;
            }
        });
        other.start();
        begun.await();

        group.close();
        other.join();

        assertThat(cleaned).hasValue(2);
        assertThatThrownBy(outside::join)
                .isInstanceOf(CompletionException.class)
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the loop group was closed before this ended on its loop 'group-under-test-");
        assertThat(inside[0]).isInstanceOf(IllegalStateException.class).hasMessageContaining("was closed");
        assertThatThrownBy(() -> run(group.submit(() -> sleep(Duration.ZERO))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(group.start(() -> sleep(Duration.ZERO))).isCompletedExceptionally();
    }

    /** Stopping a loop again must not stop what cleans up. */
    @Test
    void whoever_closes_it_again_meanwhile_does_not_disturb() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch cleaningUp = new CountDownLatch(1);
        AtomicInteger turns = new AtomicInteger();
        CompletableFuture<Void> unused = group.start(() -> {
            begun.countDown();
            try {
                await(sleep(LONG));
            } finally {
                cleaningUp.countDown();
                while (turns.get() == 0) {
                    await(sleep(Duration.ZERO));
                }
                await(sleep(Duration.ZERO));
                turns.incrementAndGet();
            }
            return Coroutine.done();
        });
        begun.await();
        Thread first = new Thread(group::close);
        first.start();
        cleaningUp.await();
        Thread second = new Thread(group::close);
        second.start();
        while (second.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }

        turns.incrementAndGet();
        first.join();
        second.join();

        assertThat(turns).hasValue(2);
    }

    @Test
    void it_cannot_be_closed_from_within() {
        assertThatThrownBy(() -> run(group.submit(() -> {
                    group.close();
                    return Coroutine.done();
                })))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot be closed on its own thread 'group-under-test-");
    }

    @Test
    void in_an_async_method_closing_waits_without_blocking() {
        run(async(() -> {
            Task<String> beside = createTask(nameOfThread());
            try (LoopGroup inner = LoopGroup.of(1)) {
                assertThat(await(inner.submit(LoopGroupTest::nameOfThread))).startsWith("loops-");
            }
            assertThat(beside.isDone()).isTrue();
            return Coroutine.done();
        }));
    }

    // ------------------------------------------------------------------------------------------------ what fails

    private static LoopGroup.Builder another() {
        return LoopGroup.builder().size(3).name("group-under-test-too");
    }

    private static void assertNoThreadIsLeft() {
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("group-under-test-too"));
    }

    @Test
    void of_a_group_whose_last_loop_cannot_be_made_nothing_is_left() {
        List<EventLoop> made = new ArrayList<>();
        RuntimeException failure = new UnsupportedOperationException("no room");

        assertThatThrownBy(() -> another()
                        .loopFactory(() -> {
                            if (made.size() == 2) {
                                throw failure;
                            }
                            made.add(newEventLoop());
                            return made.get(made.size() - 1);
                        })
                        .build())
                .isSameAs(failure);

        assertThat(made).hasSize(2).allMatch(EventLoop::isClosed);
        assertNoThreadIsLeft();
    }

    @Test
    void a_factory_must_make_a_loop_for_each_thread() {
        EventLoop only = newEventLoop();
        EventLoop closed = newEventLoop();
        closed.close();

        assertThatThrownBy(() -> another().loopFactory(() -> only).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("must give a new loop each time");
        assertThatThrownBy(() -> another().loopFactory(() -> closed).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("must give a new loop each time");
        assertThatThrownBy(() -> another().loopFactory(() -> null).build())
                .isInstanceOf(NullPointerException.class)
                .hasMessage("the loopFactory of a loop group gave null");
        assertThat(only.isClosed()).isTrue();
        assertNoThreadIsLeft();
    }

    private final List<Throwable> reported = Collections.synchronizedList(new ArrayList<>());

    private EventLoop reporting() {
        EventLoop loop = newEventLoop();
        loop.setExceptionHandler((where, context) -> reported.add((Throwable) context.get("exception")));
        return loop;
    }

    @Test
    void what_ends_a_program_ends_no_loop_of_a_group() {
        KeyboardInterrupt interrupt = new KeyboardInterrupt("enough");

        try (LoopGroup other = another().loopFactory(this::reporting).build()) {
            CompletableFuture<Object> throwing = other.start(() -> {
                await(sleep(Duration.ZERO));
                throw interrupt;
            });
            CompletableFuture<String> interrupted = other.start(() -> {
                Thread.currentThread().interrupt();
                return nameOfThread();
            });

            assertThatThrownBy(throwing::join).hasCause(interrupt);
            assertThat(interrupted.join()).startsWith("group-under-test-too-");
            for (int i = 0; i < other.size(); i++) {
                assertThat(run(other.submitTo(i, LoopGroupTest::nameOfThread))).isEqualTo("group-under-test-too-" + i);
            }
        }

        assertThat(reported).contains(interrupt);
    }

    @Test
    void a_loop_that_has_failed_says_so_and_gets_no_more_work() {
        String fatal = "the handler fails, too";
        List<Throwable> uncaught = Collections.synchronizedList(new ArrayList<>());

        try (LoopGroup other = another().loopFactory(this::reporting).build()) {
            CompletableFuture<Void> lost = run(other.submitTo(1, () -> {
                Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
                getRunningLoop().setExceptionHandler((where, context) -> {
                    throw new KeyboardInterrupt(fatal);
                });
                return Coroutine.of(other.<Void>start(() -> Coroutine.of(await(other.submitTo(1, () -> sleep(LONG))))));
            }));
            other.loop(1).callSoonThreadsafe(() -> {
                throw new KeyboardInterrupt("the callback fails");
            });

            assertThatThrownBy(() -> run(other.submitTo(1, () -> sleep(LONG))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "the loop 'group-under-test-too-1' of the group has failed, and what ran there has ended")
                    .hasRootCauseMessage(fatal);
            assertThatThrownBy(lost::join).hasRootCauseMessage(fatal);
            for (int i = 0; i < 9; i++) {
                assertThat(run(other.submit(LoopGroupTest::nameOfThread))).isNotEqualTo("group-under-test-too-1");
            }
        }

        assertThat(uncaught).extracting(Throwable::getMessage).containsExactly(fatal);
    }

    @Test
    void nonsense_is_refused() {
        assertThatThrownBy(() -> LoopGroup.of(0)).hasMessageContaining("at least one loop, not 0");
        assertThatThrownBy(() -> group.submitTo(2, () -> sleep(LONG))).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> group.submit(null)).hasMessageContaining("submit was given null");
        assertThat(group).hasToString("<LoopGroup group-under-test, 2 loops>");
    }

    // ------------------------------------------------------------------------------------------------ many

    private static final int SUBMITTERS = 4;
    private static final int EACH = 10_000;

    private final Set<Integer> ran = ConcurrentHashMap.newKeySet();
    private final AtomicInteger twice = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    @Test
    void of_many_submissions_with_random_cancellations_none_is_lost_and_none_runs_twice() throws Exception {
        List<Thread> threads = IntStream.range(0, SUBMITTERS)
                .mapToObj(number -> new Thread(() -> run(submitMany(number))))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(ended).hasValue(SUBMITTERS * EACH);
        assertThat(twice).hasValue(0);
        assertThat(ran).hasSizeGreaterThan(SUBMITTERS * EACH / 2);
        for (int i = 0; i < group.size(); i++) {
            assertThat(run(group.submitTo(i, () -> Coroutine.of(allTasks().size()))))
                    .isEqualTo(1);
        }
    }

    @Async
    private Coroutine<Void> submitMany(int number) {
        Random random = new Random(number);
        for (int batch = 0; batch < EACH; batch += 100) {
            List<Task<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                int id = number * EACH + batch + i;
                tasks.add(createTask(group.submit(() -> once(id))));
            }
            await(sleep(Duration.ZERO));
            for (Task<Integer> task : tasks) {
                if (random.nextInt(3) == 0) {
                    task.cancel();
                }
            }
            for (Outcome<Integer> outcome : await(gatherOutcomes(tasks))) {
                if (!(outcome instanceof Outcome.Failure<Integer> failure)
                        || failure.error() instanceof CancelledError) {
                    ended.incrementAndGet();
                }
            }
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Integer> once(int id) {
        if (!ran.add(id)) {
            twice.incrementAndGet();
        }
        await(sleep(Duration.ZERO));
        return Coroutine.of(id);
    }

    // ------------------------------------------------------------------------------------------------ servers

    @Async
    private static Coroutine<Void> sayWhere(StreamReader reader, StreamWriter writer) throws IOException {
        writer.write(Thread.currentThread().getName() + "\n", StandardCharsets.UTF_8);
        await(writer.drain());
        await(reader.read()); // until the other side closes
        writer.close();
        return Coroutine.done();
    }

    @Test
    void a_server_of_the_group_has_its_connections_on_all_loops() {
        Set<String> where = run(async(() -> {
            GroupServer server = await(group.startServer(LoopGroupTest::sayWhere, "127.0.0.1", 0));
            assertThat(server.addresses()).hasSize(1);
            InetSocketAddress address = (InetSocketAddress) server.addresses().get(0);
            Set<String> names = new HashSet<>();
            for (int i = 0; i < 1000 && names.size() < 2; i++) {
                StreamConnection connection = await(Net.openConnection("127.0.0.1", address.getPort()));
                names.add(new String(await(connection.reader().readline()), StandardCharsets.UTF_8).strip());
                await(connection.closeAsync());
            }
            await(server.closeAsync());
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), address.getPort()).close())
                    .isInstanceOf(IOException.class);
            return Coroutine.of(names);
        }));

        assertThat(where).containsExactlyInAnyOrder("group-under-test-0", "group-under-test-1");
    }

    @Test
    void a_group_that_closes_closes_its_servers() throws Exception {
        GroupServer server = run(group.startServer(LoopGroupTest::sayWhere, "127.0.0.1", 0));
        int port = ((InetSocketAddress) server.addresses().get(0)).getPort();
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            assertThat(reader.readLine()).startsWith("group-under-test-");

            group.close();

            assertThat(reader.readLine()).isNull();
        }
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_server_whose_start_is_cancelled_listens_nowhere() {
        int port = run(async(() -> {
            GroupServer server = await(group.startServer(LoopGroupTest::sayWhere, "127.0.0.1", 0));
            int free = ((InetSocketAddress) server.addresses().get(0)).getPort();
            await(server.closeAsync());
            Task<GroupServer> starting = createTask(group.startServer(LoopGroupTest::sayWhere, "127.0.0.1", free));
            await(sleep(Duration.ZERO));
            for (int i = 0; i < 20; i++) {
                passTurns(0); // it has started there, but nobody here has heard of that
            }
            starting.cancel();
            assertThat(await(gatherOutcomes(starting)).get(0)).isInstanceOf(Outcome.Failure.class);
            passTurns(0);
            return Coroutine.of(free);
        }));

        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(IOException.class);
    }

    @Test
    void all_loops_listen_at_all_addresses_of_a_name() {
        List<Integer> sockets = run(async(() -> {
            GroupServer server = await(group.startServer(LoopGroupTest::sayWhere, "localhost", 0));
            List<Integer> each = new ArrayList<>();
            for (SocketAddress address : server.addresses()) {
                each.add(await(namesAt(address)).size());
            }
            await(server.closeAsync());
            return Coroutine.of(each);
        }));

        assertThat(sockets).isNotEmpty().containsOnly(2);
    }

    @Async
    private static Coroutine<Set<String>> namesAt(SocketAddress address) throws IOException {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 1000 && names.size() < 2; i++) {
            StreamConnection connection = await(Net.openConnection(address, ConnectOptions.DEFAULTS));
            names.add(new String(await(connection.reader().readline()), StandardCharsets.UTF_8).strip());
            await(connection.closeAsync());
        }
        return Coroutine.of(names);
    }

    @Test
    void a_server_can_be_closed_after_its_group() throws IOException {
        GroupServer server = run(group.startServer(LoopGroupTest::sayWhere, "127.0.0.1", 0));

        group.close();
        run(server.closeAsync());

        assertThat(server.addresses()).hasSize(1);
    }

    @Test
    void a_port_that_is_taken_is_refused() {
        run(async(() -> {
            var taken = await(Net.startServer(LoopGroupTest::sayWhere, "127.0.0.1", 0));
            int port = ((InetSocketAddress) taken.sockets().get(0).getLocalAddress()).getPort();
            IOException refused = null;
            try {
                await(group.startServer(LoopGroupTest::sayWhere, "127.0.0.1", port));
            } catch (IOException e) {
                refused = e;
            }
            assertThat(refused).hasMessageContaining("127.0.0.1:" + port);
            await(taken.closeAsync());
            return Coroutine.done();
        }));
    }
}
