package io.github.jasyncio.samples.benchmarks;

import io.github.jasyncio.samples.benchmarks.network.EchoClients;
import io.github.jasyncio.samples.benchmarks.network.EchoServer;
import io.github.jasyncio.samples.benchmarks.network.ServerKeys;
import io.github.jasyncio.samples.benchmarks.network.ServerProcess;
import io.github.jasyncio.samples.benchmarks.network.TlsEchoClients;
import io.github.jasyncio.samples.benchmarks.report.Samples;
import io.github.jasyncio.samples.benchmarks.report.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measures what servers need of the processor for a request, plain and over TLS: 64 connections on the loopback interface, lines of 64 bytes to and fro. The servers are
 * all there from the beginning, each in a process of its own, and take turns. Then, what an idle connection holds on the heap of each.
 */
final class NetworkRun {

    private static final int CONNECTIONS = 64;
    private static final String PLAIN = "echo";
    private static final String TLS = "echo over TLS";
    private static final String IDLE = "idle connection";
    private static final String PYTHON = "CPython";
    private static final String SCRIPT = "asyncio_echo.py";

    /** The first Java that has virtual threads. */
    private static final int VIRTUAL_THREADS = 21;

    private final Settings settings;
    private final PrintStream out;
    private final Samples samples = new Samples();

    NetworkRun(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    void run() throws IOException {
        try (ServerKeys keys = new ServerKeys()) {
            for (int fork = 0; fork < settings.forks(); fork++) {
                measure(PLAIN, null);
                measure(TLS, keys);
            }
        }
        for (EchoServer server : EchoServer.values()) {
            if (isRunnable(server)) {
                measureHeap(server);
            }
        }
        List<String> labels = new ArrayList<>();
        for (EchoServer server : EchoServer.values()) {
            labels.add(server.label());
        }
        labels.add(PYTHON);
        out.println("processor time of the server for a request, nanoseconds:\n");
        out.println(new Table(samples, List.of(PLAIN), labels, EchoServer.SELECTOR.label()));
        out.println(new Table(samples, List.of(TLS), labels, EchoServer.NETTY.label()));
        out.println("heap, bytes:\n");
        out.println(new Table(samples, List.of(IDLE), labels, EchoServer.VIRTUAL_THREADS.label()));
    }

    // ------------------------------------------------------------------------------------------------ requests

    private void measure(String row, @Nullable ServerKeys keys) throws IOException {
        Map<String, ServerProcess> servers = new LinkedHashMap<>();
        try {
            start(servers, keys);
            for (int i = -settings.iterations(); i < settings.iterations(); i++) {
                for (Map.Entry<String, ServerProcess> server : servers.entrySet()) {
                    double nanos = nanosPerRequest(server.getValue(), keys);
                    if (i >= 0) {
                        samples.add(row, server.getKey(), nanos);
                    }
                }
            }
        } finally {
            for (ServerProcess server : servers.values()) {
                server.close();
            }
        }
    }

    private void start(Map<String, ServerProcess> servers, @Nullable ServerKeys keys) throws IOException {
        for (EchoServer server : EchoServer.values()) {
            if (isRunnable(server) && (keys == null || server.speaksTls())) {
                servers.put(server.label(), new ServerProcess(command(server, keys)));
            }
        }
        Path script = Files.createTempFile("asyncio_echo", ".py");
        try (InputStream code = NetworkRun.class.getResourceAsStream(SCRIPT)) {
            if (code == null) {
                throw new IllegalStateException("no " + SCRIPT + " beside this class");
            }
            Files.copy(code, script, StandardCopyOption.REPLACE_EXISTING);
            List<String> command = new ArrayList<>(List.of(settings.python(), script.toString()));
            if (keys != null) {
                command.add(keys.pem().toString());
            }
            servers.put(PYTHON, new ServerProcess(command));
        } catch (IOException e) {
            out.println("without CPython: " + e.getMessage());
        } finally {
            Files.delete(script);
        }
    }

    private double nanosPerRequest(ServerProcess server, @Nullable ServerKeys keys) throws IOException {
        if (keys == null) {
            try (EchoClients clients = new EchoClients(server.port(), CONNECTIONS)) {
                long before = server.cpuNanos();
                long requests = clients.run(settings.millis());
                return (double) (server.cpuNanos() - before) / requests;
            }
        }
        try (TlsEchoClients clients =
                new TlsEchoClients(server.port(), CONNECTIONS, ServerKeys.context(keys.store()))) {
            long before = server.cpuNanos();
            long requests = clients.run(settings.millis());
            return (double) (server.cpuNanos() - before) / requests;
        }
    }

    // ------------------------------------------------------------------------------------------------ idle connections

    private void measureHeap(EchoServer kind) throws IOException {
        try (ServerProcess server = new ServerProcess(command(kind, null))) {
            try (EchoClients first = new EchoClients(server.port(), 1)) {
                first.run(0); // loads what serving needs
                long before = server.heapBytes();
                try (EchoClients idle = new EchoClients(server.port(), settings.idle())) {
                    idle.run(0); // one request each, and then nothing
                    samples.add(IDLE, kind.label(), (double) (server.heapBytes() - before) / settings.idle());
                }
            }
        }
    }

    // ------------------------------------------------------------------------------------------------ processes

    private boolean isRunnable(EchoServer server) {
        return server != EchoServer.VIRTUAL_THREADS
                || settings.virtualThreadsJvm() != null
                || Runtime.version().feature() >= VIRTUAL_THREADS;
    }

    private List<String> command(EchoServer server, @Nullable ServerKeys keys) {
        String virtual = server == EchoServer.VIRTUAL_THREADS ? settings.virtualThreadsJvm() : null;
        String java = virtual == null
                ? Path.of(System.getProperty("java.home"), "bin", "java").toString()
                : virtual;
        List<String> command = new ArrayList<>();
        command.add(java);
        command.addAll(QuietJvm.options(virtual));
        command.addAll(
                List.of("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-Djdk.virtualThreadScheduler.parallelism=1"));
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), EchoServer.class.getName(), server.name()));
        if (keys != null) {
            command.add(keys.store().toString());
        }
        return command;
    }
}
