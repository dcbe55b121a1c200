package io.github.jasyncio.samples.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A server whose pages wait for each other, so that tests need not measure time: {@code /good} answers at once; those below {@code /together}
 * when a certain number of them are asked for at the same time; {@code /hanging} never; {@code
 * /moved-nowhere} sends to what is no URL.
 */
final class PageServer implements AutoCloseable {

    private static final int MINUTES = 1;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CyclicBarrier together;
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final CountDownLatch hangs = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);

    PageServer(int together) throws IOException {
        this.together = new CyclicBarrier(together);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/good", this::answer);
        server.createContext("/moved-nowhere", this::moveNowhere);
        server.createContext("/together", this::answerTogether);
        server.createContext("/hanging", this::hang);
        server.setExecutor(threads);
        server.start();
    }

    String url(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    /** So many pages of those that answer together. */
    String[] urlsTogether(int count) {
        return IntStream.range(0, count).mapToObj(i -> url("/together/" + i)).toArray(String[]::new);
    }

    /** How many of those were being asked for at the same time, at most. */
    int mostAtOnce() {
        return mostAtOnce.get();
    }

    /** Waits until somebody hangs at {@code /hanging}. */
    void awaitHanging() throws InterruptedException {
        if (!hangs.await(MINUTES, TimeUnit.MINUTES)) {
            throw new AssertionError("nobody has asked for /hanging");
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] content = new byte[1000];
            Arrays.fill(content, (byte) 'x');
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        }
    }

    private void moveNowhere(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().add("Location", "http://no host/");
            exchange.sendResponseHeaders(302, -1);
        }
    }

    private void answerTogether(HttpExchange exchange) throws IOException {
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try {
            together.await(MINUTES, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new IOException("not enough pages are asked for at the same time", e);
        } finally {
            atOnce.decrementAndGet();
        }
        answer(exchange);
    }

    private void hang(HttpExchange exchange) {
        hangs.countDown();
        try (exchange) {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
