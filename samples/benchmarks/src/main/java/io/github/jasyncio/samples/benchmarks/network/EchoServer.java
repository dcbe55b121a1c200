package io.github.jasyncio.samples.benchmarks.network;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The ways to serve: sends back what comes, on one thread. Run as a program, it says its port, and for each line that it reads the CPU time it took. */
public enum EchoServer {

    /** A selector and a loop around it, nothing else: what the others are compared with. */
    SELECTOR {
        @Override
        void serve(ServerSocketChannel listening) throws IOException {
            new SelectorEcho().serve(listening);
        }
    },

    /** jasyncio's transports and protocols. */
    PROTOCOLS {
        @Override
        void serve(ServerSocketChannel listening) throws IOException {
            JasyncioEcho.byProtocols(listening);
        }
    },

    /** A task for each connection, with {@code sockRecvInto} and {@code sockSendAll}. */
    SOCKETS {
        @Override
        void serve(ServerSocketChannel listening) throws IOException {
            JasyncioEcho.bySockets(listening);
        }
    };

    abstract void serve(ServerSocketChannel listening) throws IOException;

    /** Its name in tables and on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Serves as the only argument says, until standard input ends. */
    public static void main(String... arguments) throws IOException {
        ServerSocketChannel listening = ServerSocketChannel.open();
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
        System.out.println(((InetSocketAddress) listening.getLocalAddress()).getPort());
        Thread answering = new Thread(EchoServer::answer, "answering");
        answering.setDaemon(true);
        answering.start();
        valueOf(arguments[0]).serve(listening);
    }

    private static void answer() {
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            while (questions.readLine() != null) {
                System.out.println(CpuTime.nanos());
            }
        } catch (IOException e) {
            System.err.println(e);
        }
        System.exit(0);
    }
}
