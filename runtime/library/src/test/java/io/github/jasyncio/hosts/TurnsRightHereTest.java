package io.github.jasyncio.hosts;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.runCoroutineThreadsafe;
import static io.github.jasyncio.Asyncio.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.netty.channel.DefaultEventLoop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A stage that completes on the loop's own thread, outside of any turn, resumes who awaits it right there: what comes with it may be gone later. */
class TurnsRightHereTest {

    private final List<String> trace = Collections.synchronizedList(new ArrayList<>());

    // ------------------------------------------------------------------------------------------------ Vert.x

    @Async
    private static Coroutine<Integer> fetches(HttpClient client, int port, int times) {
        int bytes = 0;
        for (int i = 0; i < times; i++) {
            HttpClientRequest request =
                    await(client.request(HttpMethod.GET, port, "127.0.0.1", "/").toCompletionStage());
            HttpClientResponse response = await(request.send().toCompletionStage());
            Buffer body = await(response.body().toCompletionStage());
            bytes += body.length();
        }
        return Coroutine.of(bytes);
    }

    @Async
    private static CompletableFuture<Integer> fetchesEagerly(HttpClient client, int port) {
        HttpClientRequest request =
                await(client.request(HttpMethod.GET, port, "127.0.0.1", "/").toCompletionStage());
        HttpClientResponse response = await(request.send().toCompletionStage());
        Buffer body = await(response.body().toCompletionStage());
        return CompletableFuture.completedFuture(body.length());
    }

    @Async
    private static Coroutine<Integer> fetchesInTime(HttpClient client, int port) {
        int bytes = await(waitFor(fetches(client, port, 20), Duration.ofMinutes(1)));
        return Coroutine.of(bytes + await(fetchesEagerly(client, port)));
    }

    @Test
    void the_body_of_a_response_of_vert_x_is_not_missed() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Buffer payload = Buffer.buffer(new byte[100_000]);
            HttpServer server = vertx.createHttpServer()
                    .requestHandler(request -> request.response().end(payload))
                    .listen(0, "127.0.0.1")
                    .await(1, TimeUnit.MINUTES);
            HttpClient client = vertx.createHttpClient();
            Context context = vertx.getOrCreateContext();
            EventLoop loop = EventLoop.over(job -> context.runOnContext(v -> job.run()));

            CompletableFuture<Integer> bytes = runCoroutineThreadsafe(fetchesInTime(client, server.actualPort()), loop);

            assertThat(bytes.get(1, TimeUnit.MINUTES)).isEqualTo(21 * 100_000);
            CompletableFuture<Void> closed = new CompletableFuture<>();
            context.runOnContext(v -> {
                loop.close();
                closed.complete(null);
            });
            closed.get(1, TimeUnit.MINUTES);
        } finally {
            vertx.close().await(1, TimeUnit.MINUTES);
        }
    }

    // ------------------------------------------------------------------------------------------------ Netty, and order

    @Async
    private Coroutine<Void> notes(String name, CompletionStage<?> stage) {
        await(stage);
        trace.add(name);
        return Coroutine.done();
    }

    @Test
    void on_a_netty_event_loop_the_awaiter_goes_on_inside_of_complete_but_not_inside_of_a_turn() throws Exception {
        DefaultEventLoop netty = new DefaultEventLoop();
        EventLoop loop = EventLoop.over(netty);
        CompletableFuture<Void> outside = new CompletableFuture<>();
        CompletableFuture<Void> inTurn = new CompletableFuture<>();
        CompletableFuture<Void> a = runCoroutineThreadsafe(notes("a", outside), loop);
        CompletableFuture<Void> b = runCoroutineThreadsafe(notes("b", inTurn), loop);
        runCoroutineThreadsafe(Coroutine.done(), loop).get(1, TimeUnit.MINUTES);
        assertThat(netty.submit(() -> {}).await(60_000)).isTrue();

        netty.execute(() -> {
            loop.callSoon(() -> trace.add("was ready before"));
            trace.add("completes a");
            outside.complete(null);
            trace.add("has completed a");
        });
        a.get(1, TimeUnit.MINUTES);
        loop.callSoonThreadsafe(() -> {
            trace.add("completes b");
            inTurn.complete(null);
            trace.add("has completed b");
        });
        b.get(1, TimeUnit.MINUTES);

        assertThat(trace)
                .containsExactly(
                        "completes a",
                        "was ready before",
                        "a",
                        "has completed a",
                        "completes b",
                        "has completed b",
                        "b");
        assertThat(netty.submit(loop::close).await(60_000)).isTrue();
        assertThat(netty.shutdownGracefully(0, 0, TimeUnit.SECONDS).await(60_000))
                .isTrue();
    }

    @Async
    private Coroutine<Integer> counts(List<CompletableFuture<Integer>> stages) {
        int sum = 0;
        for (CompletableFuture<Integer> stage : stages) {
            sum += await(stage);
            assertThat(currentTask()).isNotNull();
        }
        return Coroutine.of(sum);
    }

    @Test
    void on_an_executor_with_several_threads_turns_still_do_not_overlap_and_none_is_lost() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(3);
        EventLoop loop = EventLoop.over(executor);
        for (int round = 0; round < 200; round++) {
            List<CompletableFuture<Integer>> stages = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                stages.add(new CompletableFuture<>());
            }
            CompletableFuture<Integer> sum = runCoroutineThreadsafe(counts(stages), loop);
            CountDownLatch all = new CountDownLatch(stages.size());
            stages.forEach(stage -> executor.execute(() -> {
                stage.complete(1);
                all.countDown();
            }));

            assertThat(sum.get(1, TimeUnit.MINUTES)).isEqualTo(20);
            assertThat(all.await(1, TimeUnit.MINUTES)).isTrue();
        }
        loop.stop();
        executor.shutdown();
        assertThat(executor.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        loop.close();
    }
}
