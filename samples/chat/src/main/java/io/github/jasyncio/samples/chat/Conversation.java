package io.github.jasyncio.samples.chat;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.taskGroup;
import static io.github.jasyncio.Asyncio.waitFor;
import static io.github.jasyncio.Asyncio.waitOn;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncGenerator;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.ExceptionGroup;
import io.github.jasyncio.ReturnWhen;
import io.github.jasyncio.Task;
import io.github.jasyncio.net.StreamReader;
import io.github.jasyncio.net.StreamWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The server's side of one connection: one task listens to the guest, and another tells him what is in his outbox. */
final class Conversation {

    /** How long who does not read may hold up the end. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final String HELP = "* /nick NAME, /join ROOM, /who, /rooms, /quit; all else is said";

    private final House house;
    private final StreamReader reader;
    private final StreamWriter writer;
    private final Outbox outbox = new Outbox();
    private @Nullable Guest guest;
    private @Nullable Task<Void> listening;

    Conversation(House house, StreamReader reader, StreamWriter writer) {
        this.house = house;
        this.reader = reader;
        this.writer = writer;
    }

    /** Ends when the guest goes or is dismissed, and has then been told all that he was to be told, or when the connection is lost. */
    @Async
    Coroutine<Void> hold() {
        try {
            await(taskGroup(group -> {
                Task<Void> listens = group.createTask(listen(), "listen");
                listening = listens;
                group.createTask(talk(), "talk");
                try {
                    await(waitOn(List.of(listens), ReturnWhen.ALL_COMPLETED)); // does not mind if it is cancelled
                } finally {
                    leave();
                }
                return Coroutine.done();
            }));
        } catch (ExceptionGroup e) {
            if (!e.exceptions().stream().allMatch(IOException.class::isInstance)) {
                throw e;
            } // the connection was lost, as connections are
        } finally {
            writer.close();
        }
        await(closed());
        return Coroutine.done();
    }

    /** Ends it from outside. */
    void dismiss(String farewell) {
        outbox.put(farewell);
        if (listening != null) {
            listening.cancel();
        }
    }

    private void leave() {
        if (guest != null) {
            house.leave(guest);
        }
        outbox.close();
    }

    @Async
    private Coroutine<Void> closed() {
        try {
            await(waitFor(writer.waitClosed(), PATIENCE));
        } catch (AsyncTimeoutException e) {
            writer.transport().abort();
        } catch (IOException e) {
            // it was lost before it could be closed: as good an end
        }
        return Coroutine.done();
    }

    // ------------------------------------------------------------------------------------------------ talking

    @Async
    private Coroutine<Void> talk() {
        await(outbox.lines().forEach(line -> {
            writer.write(line + "\n", UTF_8);
            await(writer.drain()); // waits here, and nowhere else, for a guest who reads slowly
            return Coroutine.done();
        }));
        return Coroutine.done();
    }

    // ------------------------------------------------------------------------------------------------ listening

    @Async
    private Coroutine<Void> listen() throws IOException {
        outbox.put("* hello! what is your nickname?");
        AsyncGenerator<String> lines = reader.lines(UTF_8);
        try {
            boolean goesOn = true;
            while (goesOn && await(lines.hasNext())) {
                goesOn = hear(printable(await(lines.next())));
            }
        } catch (IllegalArgumentException e) {
            outbox.put("! that line is too long");
        } finally {
            await(lines.close());
        }
        return Coroutine.done();
    }

    /** Without what would move somebody's cursor about. */
    private static String printable(String line) {
        return line.replaceAll("\\p{Cntrl}", "").strip();
    }

    /** False if the guest wants to go. */
    private boolean hear(String line) {
        if (guest == null) {
            introduce(line);
            return true;
        }
        int space = line.indexOf(' ');
        String word = space < 0 ? line : line.substring(0, space);
        String rest = line.substring(word.length()).strip();
        switch (word) {
            case "" -> {}
            case "/nick" -> house.rename(guest, rest);
            case "/join" -> house.move(guest, rest);
            case "/who" -> guest.tell("* here: " + guest.room().who());
            case "/rooms" -> guest.tell("* " + house.overview());
            case "/help" -> guest.tell(HELP);
            case "/quit" -> guest.tell("* bye, " + guest);
            default -> {
                if (word.startsWith("/")) {
                    guest.tell("! there is no " + word + "; /help shows what there is");
                } else {
                    guest.room().tellAll(guest + ": " + line);
                }
            }
        }
        return !word.equals("/quit");
    }

    private void introduce(String nickname) {
        String objection = house.objectionTo(nickname);
        if (objection == null) {
            guest = house.enter(nickname, outbox);
        } else {
            outbox.put(objection + "; what is your nickname?");
        }
    }
}
