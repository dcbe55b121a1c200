package io.github.jasyncio.samples.benchmarks.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Connections to a server, each of which sends a request when the last one was answered; all on one selector. */
public final class EchoClients implements AutoCloseable {

    private static final int SIZE = 64;

    private final Selector selector = Selector.open();
    private final List<SocketChannel> channels = new ArrayList<>();
    private final ByteBuffer request = ByteBuffer.allocateDirect(SIZE).put(request());
    private final ByteBuffer response = ByteBuffer.allocateDirect(SIZE);
    private long answered;

    /** What a client sends: a line. */
    static byte[] request() {
        byte[] line = new byte[SIZE];
        Arrays.fill(line, (byte) 'x');
        line[SIZE - 1] = '\n';
        return line;
    }

    /** Connects. */
    public EchoClients(int port, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channels.add(channel);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new int[] {0});
        }
    }

    /** Keeps the server busy for a time; gives how many requests it has answered. */
    public long run(int millis) throws IOException {
        answered = 0;
        int open = channels.size();
        for (SocketChannel channel : channels) {
            channel.write(request.clear());
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end) {
            selector.select(key -> received(key, true));
        }
        // Until all are quiet, so that the next run begins as this one did.
        long before = answered;
        while (answered < before + open) {
            selector.select(key -> received(key, false));
        }
        return answered;
    }

    private void received(SelectionKey key, boolean goesOn) {
        SocketChannel channel = (SocketChannel) key.channel();
        int[] sizes = (int[]) key.attachment();
        try {
            int count = channel.read(response.clear());
            if (count < 0) {
                throw new IOException("the server has closed a connection");
            }
            sizes[0] += count;
            if (sizes[0] == SIZE) {
                sizes[0] = 0;
                answered++;
                if (goesOn) {
                    channel.write(request.clear());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
