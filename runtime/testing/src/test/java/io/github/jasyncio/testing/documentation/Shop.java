package io.github.jasyncio.testing.documentation;

import static io.github.jasyncio.Asyncio.*;
import static io.github.jasyncio.net.Net.*;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.net.Server;
import io.github.jasyncio.net.StreamConnection;
import io.github.jasyncio.testing.SimulatedNetwork;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;

/** The README's first partition. */
final class Shop {

    private final PrintStream out;

    Shop(PrintStream out) {
        this.out = out;
    }

    void run() {
        SimulatedNetwork network = new SimulatedNetwork(42);
        network.link("shop", "bank")
                .latency(Duration.ofMillis(20), Duration.ofMillis(80))
                .loss(0.01);
        network.run(() -> {
            Server bank = await(network.host("bank").run(() -> serve()));
            await(network.host("shop").run(() -> order()));
            network.partition("bank");
            await(network.host("shop").run(() -> order()));
            network.heal();
            await(network.host("shop").run(() -> order()));
            bank.close();
            return bank.waitClosed();
        });
    }

    @Async
    private Coroutine<Server> serve() throws IOException {
        return startServer(
                (reader, writer) -> {
                    try (StreamConnection shop = new StreamConnection(reader, writer)) {
                        say("bank: " + new String(await(shop.reader().readline()), UTF_8).strip());
                        shop.writer().write("booked\n", UTF_8);
                    }
                    return Coroutine.done();
                },
                "bank",
                8080);
    }

    @Async
    private Coroutine<Void> order() throws IOException {
        try {
            say("shop: " + await(waitFor(answer(), Duration.ofSeconds(10))));
        } catch (AsyncTimeoutException e) {
            say("shop: no answer");
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<String> answer() throws IOException {
        try (StreamConnection bank = await(openConnection("bank", 8080))) {
            bank.writer().write("one book\n", UTF_8);
            return Coroutine.of(new String(await(bank.reader().readline()), UTF_8).strip());
        }
    }

    private void say(String what) {
        out.printf("%6d ms  %s%n", getRunningLoop().time() / 1_000_000, what);
    }
}
