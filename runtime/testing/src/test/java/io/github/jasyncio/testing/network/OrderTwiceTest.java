package io.github.jasyncio.testing.network;

import static io.github.jasyncio.Asyncio.*;
import static io.github.jasyncio.net.Net.*;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.net.Server;
import io.github.jasyncio.net.StreamConnection;
import io.github.jasyncio.net.StreamReader;
import io.github.jasyncio.net.StreamWriter;
import io.github.jasyncio.testing.SimulatedNetwork;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A client that tries again when no answer comes has its order booked twice, if only the answer was late: found from a seed. */
class OrderTwiceTest {

    /** Books what it is sent; with {@code knowsNumbers} an order whose number it has seen is not booked again. */
    private static final class Bank {

        private final boolean knowsNumbers;
        private final List<String> booked = new ArrayList<>();
        private final Set<String> seen = new HashSet<>();

        Bank(boolean knowsNumbers) {
            this.knowsNumbers = knowsNumbers;
        }

        @Async
        Coroutine<Server> serve() throws IOException {
            return startServer(this::handle, "bank", 8080);
        }

        @Async
        private Coroutine<Void> handle(StreamReader reader, StreamWriter writer) throws IOException {
            try {
                String order = new String(await(reader.readline()), US_ASCII).strip();
                if (!order.isEmpty() && (seen.add(order) || !knowsNumbers)) {
                    booked.add(order);
                }
                writer.write("booked\n", US_ASCII);
                await(writer.drain());
            } finally {
                writer.close();
            }
            return Coroutine.done();
        }
    }

    @Async
    private static Coroutine<Void> send(String order) throws IOException {
        try (StreamConnection bank = await(openConnection("bank", 8080))) {
            bank.writer().write(order + "\n", US_ASCII);
            await(bank.reader().readline());
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> sendUntilAnswered(String order) throws IOException {
        while (true) {
            try {
                return Coroutine.of(await(waitFor(send(order), Duration.ofSeconds(1))));
            } catch (AsyncTimeoutException e) {
                // Once more, then.
            }
        }
    }

    private static List<String> bookedWith(long seed, boolean knowsNumbers) {
        SimulatedNetwork network = new SimulatedNetwork(seed);
        network.link("shop", "bank")
                .latency(Duration.ofMillis(20), Duration.ofMillis(80))
                .loss(0.1);
        Bank bank = new Bank(knowsNumbers);
        network.run(() -> {
            Server server = await(network.host("bank").run(() -> bank.serve()));
            await(network.host("shop").run(() -> sendUntilAnswered("order 4711")));
            await(sleep(Duration.ofMinutes(1))); // what is still on its way arrives
            server.close();
            return Coroutine.of(await(server.waitClosed()));
        });
        return bank.booked;
    }

    @Test
    void the_naive_client_is_caught_by_some_seed_and_always_by_that_seed() {
        long seed = LongStream.range(0, 200)
                .filter(s -> bookedWith(s, false).size() > 1)
                .findFirst()
                .orElseThrow();

        assertThat(bookedWith(seed, false)).containsExactly("order 4711", "order 4711");
        assertThat(bookedWith(seed, false)).hasSize(2);
    }

    @Test
    void an_order_with_a_number_of_its_own_is_booked_once_with_every_seed() {
        assertThat(LongStream.range(0, 200))
                .allSatisfy(seed ->
                        assertThat(bookedWith(seed, true)).as("seed " + seed).containsExactly("order 4711"));
    }
}
