package io.github.jasyncio.samples.benchmarks;

import io.github.jasyncio.samples.benchmarks.network.EchoClients;
import io.github.jasyncio.samples.benchmarks.network.EchoServer;
import io.github.jasyncio.samples.benchmarks.network.ServerProcess;
import io.github.jasyncio.samples.benchmarks.report.Samples;
import io.github.jasyncio.samples.benchmarks.report.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures the processor time that servers need for a request: 64 connections on the loopback interface, 64 bytes to and fro. The servers are all there from the
 * beginning, each in a JVM of its own, and take turns.
 */
final class NetworkRun {

    private static final int CONNECTIONS = 64;
    private static final String ROW = "echo";

    private final Settings settings;
    private final PrintStream out;

    NetworkRun(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    void run() throws IOException {
        Samples times = new Samples();
        for (int fork = 0; fork < settings.forks(); fork++) {
            measure(times);
        }
        out.println("processor time of the server for a request, nanoseconds:\n");
        out.println(new Table(
                times,
                List.of(ROW),
                Stream.of(EchoServer.values()).map(EchoServer::label).toList(),
                EchoServer.SELECTOR.label()));
    }

    private void measure(Samples times) throws IOException {
        Map<EchoServer, ServerProcess> servers = new LinkedHashMap<>();
        try {
            for (EchoServer server : EchoServer.values()) {
                servers.put(server, new ServerProcess(command(server)));
            }
            for (int i = -settings.iterations(); i < settings.iterations(); i++) {
                for (Map.Entry<EchoServer, ServerProcess> server : servers.entrySet()) {
                    double nanos = nanosPerRequest(server.getValue());
                    if (i >= 0) {
                        times.add(ROW, server.getKey().label(), nanos);
                    }
                }
            }
        } finally {
            for (ServerProcess server : servers.values()) {
                server.close();
            }
        }
    }

    private double nanosPerRequest(ServerProcess server) throws IOException {
        try (EchoClients clients = new EchoClients(server.port(), CONNECTIONS)) {
            long before = server.cpuNanos();
            long requests = clients.run(settings.millis());
            return (double) (server.cpuNanos() - before) / requests;
        }
    }

    private static List<String> command(EchoServer server) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(QuietJvm.options(null));
        command.addAll(List.of("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC"));
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), EchoServer.class.getName(), server.name()));
        return command;
    }
}
