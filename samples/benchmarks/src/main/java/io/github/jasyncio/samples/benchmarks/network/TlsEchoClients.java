package io.github.jasyncio.samples.benchmarks.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The same as {@link EchoClients} over TLS: blocking sockets, each with a thread. What clients cost is not measured. */
public final class TlsEchoClients implements AutoCloseable {

    private final List<SSLSocket> sockets = new ArrayList<>();
    private final ExecutorService threads;

    /** Connects, and shakes hands. */
    public TlsEchoClients(int port, int count, SSLContext trusting) throws IOException {
        threads = Executors.newFixedThreadPool(count);
        for (int i = 0; i < count; i++) {
            SSLSocket socket =
                    (SSLSocket) trusting.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
            sockets.add(socket);
            socket.setTcpNoDelay(true);
            socket.startHandshake();
        }
    }

    /** Keeps the server busy for a time; gives how many requests it has answered. */
    public long run(int millis) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        List<Callable<Long>> clients = new ArrayList<>();
        for (SSLSocket socket : sockets) {
            clients.add(() -> requests(socket, end));
        }
        long answered = 0;
        try {
            for (Future<Long> client : threads.invokeAll(clients)) {
                answered += client.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
        return answered;
    }

    private static long requests(SSLSocket socket, long end) throws IOException {
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream();
        byte[] request = EchoClients.request();
        byte[] response = new byte[request.length];
        long count = 0;
        do {
            out.write(request);
            if (in.readNBytes(response, 0, response.length) < response.length) {
                throw new IOException("the server has closed a connection");
            }
            count++;
        } while (System.nanoTime() < end);
        return count;
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        for (SSLSocket socket : sockets) {
            socket.close();
        }
    }
}
