package io.github.jasyncio.testing.home;

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
import java.util.List;
import org.junit.jupiter.api.Test;

/** Streams on a simulated network: what is sent arrives, complete and in order, and everybody hears of the end, whoever is cancelled when. */
class StreamOrdersTest {

    /** What the clients of one run were answered, and what became of the server's side. */
    private static final class Log {

        private final List<String> answers = new ArrayList<>();
        private int opened;
        private int closed;
    }

    @Test
    void an_echo_gives_back_what_was_sent_and_no_connection_stays() {
        Explored.legal((program, network) -> echo(program, network));
    }

    @Async
    private static Coroutine<Void> echo(long program, SimulatedNetwork network) throws IOException {
        Dice dice = Dice.of(program, 100);
        network.link("client", "server")
                .latency(Duration.ofMillis(dice.below(2)), Duration.ofMillis(1 + dice.below(3)))
                .loss(dice.oneIn(2) ? 0.2 : 0)
                .bandwidth(dice.oneIn(2) ? 2_000 : 0);
        Log log = new Log();
        Server server = await(network.host("server").run(() -> serve(log)));
        Actors actors = new Actors(program);
        for (int i = 0; i < 3; i++) {
            int number = i;
            Dice own = Dice.of(program, i);
            actors.startCancellable("client " + i, network.host("client").run(() -> client(number, own, log)));
        }
        await(actors.end());
        server.close();
        await(server.waitClosed());
        await(sleep(Duration.ofMillis(1))); // the handlers hear of it at the same time

        assertThat(log.closed).as("connections that the server has seen end").isEqualTo(log.opened);
        for (String answer : log.answers) {
            assertThat(answer).matches("client (\\d): (\\d+) (\\w*) \\3");
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Server> serve(Log log) throws IOException {
        return startServer((reader, writer) -> echoes(reader, writer, log), null, 7);
    }

    @Async
    private static Coroutine<Void> echoes(StreamReader reader, StreamWriter writer, Log log) {
        log.opened++;
        writer.transport().setWriteBufferLimits(10, null);
        try {
            while (true) {
                byte[] line = await(reader.readline());
                if (line.length == 0) {
                    break;
                }
                writer.write(line);
                await(writer.drain());
            }
        } catch (IOException e) {
            // A client that has gone in the middle.
        } finally {
            writer.close();
            try {
                await(writer.waitClosed());
            } catch (IOException e) {
                // The same.
            }
            log.closed++;
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> client(int number, Dice dice, Log log) throws IOException {
        try (StreamConnection connection = await(openConnection("server", 7))) {
            if (dice.oneIn(2)) {
                connection.writer().transport().setWriteBufferLimits(10, null);
            }
            for (int round = dice.oneTo(3); round > 0; round--) {
                String word = "abcdefghij".repeat(dice.below(20));
                connection.writer().write(word.substring(0, word.length() / 2), US_ASCII);
                await(dice.pause());
                connection.writer().write(word.substring(word.length() / 2) + "\n", US_ASCII);
                await(connection.writer().drain());
                String answer = new String(
                        dice.oneIn(2)
                                ? await(connection.reader().readline())
                                : await(connection.reader().readexactly(word.length() + 1)),
                        US_ASCII);
                log.answers.add("client " + number + ": " + round + " " + word + " " + answer.strip());
            }
            if (dice.oneIn(2)) {
                connection.writer().writeEof();
                assertThat(await(connection.reader().read())).isEmpty();
            }
        }
        return Coroutine.done();
    }

    @Test
    void whoever_streams_from_a_host_that_vanishes_comes_to_an_end() {
        Explored.legal((program, network) -> vanishing(program, network));
    }

    @Async
    private static Coroutine<Void> vanishing(long program, SimulatedNetwork network) throws IOException {
        Log log = new Log();
        Server server = await(network.host("server").run(() -> serve(log)));
        Actors actors = new Actors(program);
        for (int i = 0; i < 2; i++) {
            int number = i;
            Dice own = Dice.of(program, i);
            actors.startCancellable("client " + i, network.host("client").run(() -> stubborn(number, own, log)));
        }
        actors.start("fate", fate(Dice.of(program, 100), network));
        await(actors.end());
        server.close();
        server.abortClients();
        await(server.waitClosed());
        await(sleep(Duration.ofHours(1))); // for handlers to hear of it

        assertThat(log.closed).isEqualTo(log.opened);
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> stubborn(int number, Dice dice, Log log) {
        try {
            await(timeout(Duration.ofMinutes(30), limit -> client(number, dice, log)));
        } catch (Exception e) {
            // The connection's, or for who only reads that of the timeout.
            assertThat(e).isInstanceOfAny(IOException.class, AsyncTimeoutException.class);
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> fate(Dice dice, SimulatedNetwork network) {
        await(sleep(Duration.ofMillis(dice.below(12))));
        boolean isPartition = dice.oneIn(2);
        if (isPartition) {
            network.partition("server");
        } else {
            network.host("server").vanish();
        }
        await(sleep(dice.oneIn(2) ? Duration.ofSeconds(1) : Duration.ofHours(1)));
        if (isPartition) {
            network.heal();
        } else {
            network.host("server").comeBack();
        }
        return Coroutine.done();
    }
}
