package io.github.jasyncio.samples.chat;

import static io.github.jasyncio.Asyncio.allTasks;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.net.Net.openConnection;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCallable;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import io.github.jasyncio.net.ConnectOptions;
import io.github.jasyncio.net.ServeOptions;
import io.github.jasyncio.net.StreamReader;
import io.github.jasyncio.testing.SimulatedNetwork;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The server on a host of an imagined network, and guests on others: hours take no time, and hosts vanish when they are told to. */
class ChatServerTest {

    private static final int PORT = 7777;

    private final SimulatedNetwork network = new SimulatedNetwork(7);
    private final List<String> log = new ArrayList<>();
    private final List<Visitor> visitors = new ArrayList<>();
    private @Nullable Task<Void> server;

    private Task<Void> server() {
        return Objects.requireNonNull(server);
    }

    /** Runs a test while the server serves, ends the server, and looks whether anything is left. */
    private void chat(AsyncCallable<Void> body) {
        network.run(() -> {
            List<Object> reports = new ArrayList<>();
            getRunningLoop().setExceptionHandler((source, context) -> reports.add(context));
            server = network.host("server")
                    .start(() -> new ChatServer(ServeOptions.DEFAULTS.withLimit(200), log::add).serve("server", PORT));
            while (log.isEmpty()) {
                await(sleep(Duration.ofMillis(1)));
            }
            await(body.call());
            await(end(server()));
            visitors.forEach(
                    visitor -> visitor.connection().writer().transport().abort());
            await(sleep(Duration.ofSeconds(1)));
            assertThat(allTasks()).isEqualTo(List.of(currentTask()));
            assertThat(reports).isEmpty();
            return Coroutine.done();
        });
    }

    /** What Ctrl-C does. */
    @Async
    private static Coroutine<Void> end(Task<Void> server) {
        server.cancel();
        try {
            await(server);
        } catch (CancelledError e) {
            // as was wanted
        }
        return Coroutine.done();
    }

    /** Comes from a host of the same name. */
    @Async
    private Coroutine<Visitor> connect(String host) {
        Visitor visitor = new Visitor(await(network.host(host).run(() -> openConnection("server", PORT))));
        visitors.add(visitor);
        return Coroutine.of(visitor);
    }

    @Async
    private Coroutine<Visitor> enter(String nickname) throws IOException {
        Visitor visitor = await(connect(nickname));
        visitor.says(nickname);
        await(visitor.hearsUntil("* you are in lobby"));
        return Coroutine.of(visitor);
    }

    // ------------------------------------------------------------------------------------------------ chatting

    @Test
    void all_in_a_room_hear_what_is_said_there_and_nobody_else_does() {
        chat(() -> {
            Visitor ann = await(enter("ann"));
            Visitor bob = await(enter("bob"));
            Visitor carl = await(enter("carl"));
            await(ann.hearsUntil("* carl"));
            await(bob.hearsUntil("* carl"));
            carl.says("/join garden");
            assertThat(await(carl.hears())).isEqualTo("* you are in garden, with carl");

            ann.says("hello \u001b[2J there");
            carl.says("nobody here");
            assertThat(await(bob.hearsUntil("ann"))).containsExactly("* carl goes", "ann: hello [2J there");
            bob.says("hello ann");

            assertThat(await(ann.hearsUntil("bob")))
                    .containsExactly("* carl goes", "ann: hello [2J there", "bob: hello ann");
            assertThat(await(carl.hears())).isEqualTo("carl: nobody here");
            return Coroutine.done();
        });
    }

    @Test
    void a_nickname_has_one_guest() {
        chat(() -> {
            Visitor ann = await(enter("ann"));
            Visitor other = await(connect("other"));
            other.says("Ann");
            other.says("bea");
            assertThat(await(other.hearsUntil("* you")))
                    .containsExactly(
                            "* hello! what is your nickname?",
                            "! there is a Ann already; what is your nickname?",
                            "* you are in lobby, with ann, bea");

            other.says("/nick ann");
            other.says("/nick bob");
            assertThat(await(other.hears())).isEqualTo("! there is a ann already");
            assertThat(await(ann.hearsUntil("* bea is"))).endsWith("* bea is bob now");
            return Coroutine.done();
        });
    }

    @Test
    void commands_are_answered_and_quit_is_the_last() {
        chat(() -> {
            Visitor ann = await(enter("ann"));
            for (String command : List.of("/who", "/rooms", "", "/what", "/help", "/join two words", "/quit", "more")) {
                ann.says(command);
            }

            assertThat(await(ann.hearsUntil("the end")))
                    .containsExactly(
                            "* here: ann",
                            "* lobby (ann)",
                            "! there is no /what; /help shows what there is",
                            "* /nick NAME, /join ROOM, /who, /rooms, /quit; all else is said",
                            "! a room's name has up to 20 letters, digits, - and _",
                            "* bye, ann",
                            "the end");
            return Coroutine.done();
        });
    }

    @Test
    void a_line_that_is_too_long_is_the_last() {
        chat(() -> {
            Visitor ann = await(enter("ann"));
            ann.says("x".repeat(1000));
            assertThat(await(ann.hearsUntil("the end"))).containsExactly("! that line is too long", "the end");
            return Coroutine.done();
        });
    }

    // ------------------------------------------------------------------------------------------------ trouble

    @Test
    void who_reads_slowly_holds_nobody_up_and_hears_how_much_is_missing() {
        chat(() -> {
            Visitor ann = await(enter("ann"));
            Visitor bob = await(enter("bob")); // and reads nothing for now
            await(ann.hearsUntil("* bob"));
            String text = "x".repeat(150);
            for (int i = 0; i < 20_000; i++) {
                ann.says(i + " " + text);
                assertThat(await(ann.hears())).startsWith("ann: " + i + " ");
            }

            List<String> heard = await(bob.hearsUntil("ann: 19999"));
            assertThat(heard)
                    .startsWith("ann: 0 " + text)
                    .filteredOn(line -> line.startsWith("* you read too slowly"))
                    .isNotEmpty();
            long missing = heard.stream()
                    .filter(line -> line.startsWith("*"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
            assertThat(heard.stream().filter(line -> line.startsWith("ann: ")).count() + missing)
                    .isEqualTo(20_000);
            return Coroutine.done();
        });
    }

    @Test
    void who_vanishes_without_a_word_goes_when_that_shows() {
        chat(() -> {
            Visitor ann = await(enter("ann"));
            await(enter("bob"));
            await(ann.hearsUntil("* bob"));
            network.host("bob").vanish();

            ann.says("are you there?");
            assertThat(await(ann.hears())).isEqualTo("ann: are you there?");
            assertThat(await(ann.hears())).isEqualTo("* bob goes");
            assertThat(await(enter("bea")).connection().writer().isClosing()).isFalse();
            return Coroutine.done();
        });
    }

    @Test
    void who_comes_back_after_a_partition_has_missed_nothing() {
        chat(() -> {
            Visitor ann = await(enter("ann"));
            Visitor bob = await(enter("bob"));
            await(ann.hearsUntil("* bob"));
            network.partition("bob");
            ann.says("one");
            await(sleep(Duration.ofMinutes(1)));
            ann.says("two");
            network.heal();

            assertThat(await(bob.hearsUntil("ann: two"))).containsExactly("ann: one", "ann: two");
            return Coroutine.done();
        });
    }

    @Test
    void when_the_server_ends_all_are_told_and_who_does_not_read_is_not_waited_for() {
        chat(() -> {
            Visitor ann = await(enter("ann"));
            await(enter("deaf"));
            Visitor loud = await(enter("loud"));
            Visitor nameless = await(connect("nameless"));
            await(ann.hearsUntil("* loud"));
            for (int i = 0; i < 20_000; i++) {
                loud.says("x".repeat(150));
                await(loud.hears());
                await(ann.hears());
            }
            long begin = getRunningLoop().time();

            await(end(server()));

            assertThat(Duration.ofNanos(getRunningLoop().time() - begin)).isLessThan(Duration.ofSeconds(10));
            assertThat(await(ann.hearsUntil("the end"))).contains("* the server ends, bye");
            assertThat(await(loud.hearsUntil("the end"))).contains("* the server ends, bye");
            assertThat(await(nameless.hearsUntil("the end"))).contains("* the server ends, bye");
            return Coroutine.done();
        });

        assertThat(log).containsExactly("chat listens at server, port 7777", "chat ends; guests: 3");
    }

    @Test
    void a_client_shows_what_it_hears_and_sends_what_is_typed() {
        List<String> screen = new ArrayList<>();
        chat(() -> {
            StreamReader keyboard = new StreamReader();
            Task<Void> client = network.host("home")
                    .start(() ->
                            new ChatClient(keyboard, screen::add).chat("server", PORT, ConnectOptions.DEFAULTS, "ann"));
            keyboard.feedData("hello\n/who\n".getBytes(UTF_8));
            await(sleep(Duration.ofSeconds(1)));
            keyboard.feedEof();
            await(client);
            return Coroutine.done();
        });

        assertThat(screen)
                .containsExactly(
                        "* hello! what is your nickname?",
                        "* you are in lobby, with ann",
                        "ann: hello",
                        "* here: ann",
                        "* bye, ann");
    }
}
