package io.github.jasyncio.samples.benchmarks.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Echo with a virtual thread for each connection, which blocks; compiled for a Java that has none yet. */
final class VirtualThreadEcho {

    private static final int BUFFER = 4 * 1024;

    private VirtualThreadEcho() {}

    static void serve(ServerSocketChannel listening, @Nullable SSLContext tls) throws IOException {
        Executor threads = threads();
        while (true) {
            SocketChannel accepted = listening.accept();
            accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
            threads.execute(() -> {
                try (accepted) {
                    if (tls == null) {
                        echo(accepted);
                    } else {
                        echo(accepted.socket(), tls);
                    }
                } catch (IOException e) {
                    // The client has gone.
                }
            });
        }
    }

    private static Executor threads() {
        try {
            return (Executor)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("virtual threads need Java 21 or later: --virtual-java", e);
        }
    }

    private static void echo(SocketChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        while (channel.read(buffer.clear()) >= 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
    }

    private static void echo(Socket socket, SSLContext tls) throws IOException {
        byte[] buffer = new byte[BUFFER];
        SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
        secure.setUseClientMode(false);
        try (secure) {
            InputStream in = secure.getInputStream();
            OutputStream out = secure.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
            }
        }
    }
}
