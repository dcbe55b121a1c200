package io.github.jasyncio.testing.network;

import static io.github.jasyncio.Asyncio.*;
import static io.github.jasyncio.net.Net.*;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.net.Server;
import io.github.jasyncio.net.StreamConnection;
import io.github.jasyncio.testing.SimulatedNetwork;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A benchmark, run by hand: an hour of virtual time, in which each of 50 clients has a connection to a server and sends a line every second, which comes back.
 * The network has latency and loses packets.
 */
final class OneHour {

    private static final int CLIENTS = 50;
    private static final Duration LENGTH = Duration.ofHours(1);

    private long answers;

    private OneHour() {}

    /** Runs it five times; takes no arguments. */
    public static void main(String[] arguments) {
        for (int i = 0; i < 5; i++) {
            OneHour hour = new OneHour();
            long begin = System.nanoTime();
            hour.run();
            System.out.printf(
                    "%d lines to and fro, %d ms of real time%n", hour.answers, (System.nanoTime() - begin) / 1_000_000);
        }
    }

    void run() {
        SimulatedNetwork network = new SimulatedNetwork(1);
        network.links().latency(Duration.ofMillis(20), Duration.ofMillis(80)).loss(0.01);
        network.run(() -> {
            Server server = await(network.host("server").run(() -> serve()));
            List<Coroutine<Void>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(network.host("client " + i).run(() -> client()));
            }
            await(gather(clients));
            server.close();
            return server.waitClosed();
        });
    }

    long answers() {
        return answers;
    }

    @Async
    private static Coroutine<Server> serve() throws IOException {
        return startServer(
                (reader, writer) -> {
                    try (StreamConnection client = new StreamConnection(reader, writer)) {
                        byte[] line = await(client.reader().readline());
                        while (line.length > 0) {
                            client.writer().write(line);
                            await(client.writer().drain());
                            line = await(client.reader().readline());
                        }
                    }
                    return Coroutine.done();
                },
                null,
                80);
    }

    @Async
    private Coroutine<Void> client() throws IOException {
        long end = getRunningLoop().time() + LENGTH.toNanos();
        try (StreamConnection server = await(openConnection("server", 80))) {
            while (getRunningLoop().time() < end) {
                server.writer().write("a line, such as clients send\n", US_ASCII);
                await(server.writer().drain());
                await(server.reader().readline());
                answers++;
                await(sleep(Duration.ofSeconds(1)));
            }
        }
        return Coroutine.done();
    }
}
