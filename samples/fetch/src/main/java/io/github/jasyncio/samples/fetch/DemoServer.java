package io.github.jasyncio.samples.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The server inside: pages that answer fast, slowly, wrongly or never. Plain blocking Java, a thread for each request. */
final class DemoServer implements AutoCloseable {

    private static final int BIG = 1 << 20;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(DemoServer::daemon);
    private final CountDownLatch closing = new CountDownLatch(1);

    private DemoServer(HttpServer server) {
        this.server = server;
    }

    /** Starts it on a free port of this machine only. */
    static DemoServer start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        DemoServer started = new DemoServer(server);
        for (DemoPage page : DemoPage.ALL) {
            server.createContext(page.path(), exchange -> started.answer(page, exchange));
        }
        server.setExecutor(started.threads);
        server.start();
        return started;
    }

    /** Where a page is. */
    URI url(DemoPage page) {
        InetSocketAddress address = server.getAddress();
        return URI.create("http://" + address.getHostString() + ":" + address.getPort() + page.path());
    }

    /** Lets hanging pages end, and stops. */
    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(DemoPage page, HttpExchange exchange) throws IOException {
        // Leaving without an answer closes the connection.
        try (exchange) {
            await(page);
            switch (page.kind()) {
                case TEXT -> send(exchange, 200, "This is " + page.path() + ".\n");
                case BIG -> send(exchange, 200, "x".repeat(BIG));
                case MOVED -> {
                    exchange.getResponseHeaders().add("Location", "/fast/1");
                    send(exchange, 302, "");
                }
                case MISSING -> send(exchange, 404, "There is no such page.\n");
                case BROKEN -> send(exchange, 500, "The server has a problem.\n");
                case CUT, HANGING -> {}
            }
        }
    }

    private void await(DemoPage page) throws IOException {
        try {
            if (page.kind() == DemoPage.Kind.HANGING) {
                closing.await();
            } else if (closing.await(page.delay().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IOException("the server is closed");
            }
        } catch (InterruptedException e) {
            throw new IOException("the server is closed", e);
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        // -1 means no body; 0 would mean one of unknown length.
        exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
        if (content.length > 0) {
            exchange.getResponseBody().write(content);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "demo-server");
        thread.setDaemon(true);
        return thread;
    }
}
