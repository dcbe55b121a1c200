package io.github.jasyncio.samples.benchmarks.network;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A selector and a loop around it. */
final class SelectorEcho {

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);

    void serve(ServerSocketChannel listening) throws IOException {
        Selector selector = Selector.open();
        listening.configureBlocking(false);
        listening.register(selector, SelectionKey.OP_ACCEPT);
        while (true) {
            selector.select(key -> {
                try {
                    if (key.isAcceptable()) {
                        accept(selector, listening);
                    } else {
                        echo((SocketChannel) key.channel());
                    }
                } catch (IOException e) {
                    key.cancel();
                }
            });
        }
    }

    private static void accept(Selector selector, ServerSocketChannel listening) throws IOException {
        SocketChannel channel = listening.accept();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.register(selector, SelectionKey.OP_READ);
    }

    private void echo(SocketChannel channel) throws IOException {
        if (channel.read(buffer.clear()) < 0) {
            channel.close();
            return;
        }
        // Clients have one small request on its way at a time: there is room for the answer.
        channel.write(buffer.flip());
    }
}
