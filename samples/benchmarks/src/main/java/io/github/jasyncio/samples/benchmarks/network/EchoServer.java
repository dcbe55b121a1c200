package io.github.jasyncio.samples.benchmarks.network;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The ways to serve: sends back what comes, on one thread. Run as a program, it says its port, and for each line that it reads the CPU time it took; for {@code heap}
 * the bytes that are left on the heap.
 */
public enum EchoServer {

    /** A selector and a loop around it, nothing else: what the others are compared with. */
    SELECTOR {
        @Override
        void serve(ServerSocketChannel listening, @Nullable SSLContext tls) throws IOException {
            new SelectorEcho().serve(listening);
        }

        @Override
        public boolean speaksTls() {
            return false; // that would be a transport
        }
    },

    /** jasyncio's transports and protocols. */
    PROTOCOLS {
        @Override
        void serve(ServerSocketChannel listening, @Nullable SSLContext tls) throws IOException {
            JasyncioEcho.byProtocols(listening, tls);
        }
    },

    /** jasyncio's streams: a task for each connection, with {@code readline}, {@code write} and {@code drain}. */
    STREAMS {
        @Override
        void serve(ServerSocketChannel listening, @Nullable SSLContext tls) throws IOException {
            JasyncioEcho.byStreams(listening, tls);
        }
    },

    /** A task for each connection, with {@code sockRecvInto} and {@code sockSendAll}. */
    SOCKETS {
        @Override
        void serve(ServerSocketChannel listening, @Nullable SSLContext tls) throws IOException {
            JasyncioEcho.bySockets(listening);
        }

        @Override
        public boolean speaksTls() {
            return false; // these are sockets
        }
    },

    /** Netty, with a handler. */
    NETTY {
        @Override
        void serve(ServerSocketChannel listening, @Nullable SSLContext tls) {
            NettyEcho.serve(listening, tls);
        }
    },

    /** A virtual thread for each connection. */
    VIRTUAL_THREADS {
        @Override
        void serve(ServerSocketChannel listening, @Nullable SSLContext tls) throws IOException {
            VirtualThreadEcho.serve(listening, tls);
        }
    };

    private static final int GC_RUNS = 4;

    abstract void serve(ServerSocketChannel listening, @Nullable SSLContext tls) throws IOException;

    /** Whether it can do so over TLS. */
    public boolean speaksTls() {
        return true;
    }

    /** Its name in tables and on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Serves as the first argument says, over TLS with the keys of the second if there is one, until standard input ends. */
    public static void main(String... arguments) throws IOException {
        ServerSocketChannel listening = ServerSocketChannel.open();
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
        System.out.println(((InetSocketAddress) listening.getLocalAddress()).getPort());
        Thread answering = new Thread(EchoServer::answer, "answering");
        answering.setDaemon(true);
        answering.start();
        valueOf(arguments[0]).serve(listening, arguments.length > 1 ? ServerKeys.context(Path.of(arguments[1])) : null);
    }

    private static void answer() {
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            for (String question = questions.readLine(); question != null; question = questions.readLine()) {
                System.out.println(question.equals("heap") ? heapBytes() : CpuTime.nanos());
            }
        } catch (IOException e) {
            System.err.println(e);
        }
        System.exit(0);
    }

    /** Collects more than once: what has a cleaner of its own goes behind that. */
    private static long heapBytes() {
        for (int i = 0; i < GC_RUNS; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
