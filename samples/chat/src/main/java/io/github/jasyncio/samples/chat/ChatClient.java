package io.github.jasyncio.samples.chat;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.taskGroup;
import static io.github.jasyncio.net.Net.openConnection;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.ExceptionGroup;
import io.github.jasyncio.Task;
import io.github.jasyncio.net.ConnectOptions;
import io.github.jasyncio.net.StreamConnection;
import io.github.jasyncio.net.StreamReader;
import io.github.jasyncio.net.StreamWriter;
import java.io.IOException;
import java.util.function.Consumer;

/** Shows what the server says and sends what is typed, both at once. */
final class ChatClient {

    private final StreamReader keyboard;
    private final Consumer<String> screen;

    ChatClient(StreamReader keyboard, Consumer<String> screen) {
        this.keyboard = keyboard;
        this.screen = screen;
    }

    /**
     * Chats until the server ends the connection; it does so when asked to, which is what the end of the input does. Cancelling it closes the connection.
     *
     * @throws IOException when awaited, if there is no server, or the connection is lost
     */
    @Async
    Coroutine<Void> chat(String host, int port, ConnectOptions options, String nickname) throws IOException {
        try (StreamConnection server = await(openConnection(host, port, options))) {
            server.writer().write(nickname + "\n", UTF_8);
            await(taskGroup(group -> {
                Task<Void> typing = group.createTask(send(server.writer()), "type");
                await(show(server.reader()));
                typing.cancel();
                return Coroutine.done();
            }));
        } catch (ExceptionGroup e) {
            throw new IOException(
                    "the connection was lost: " + e.exceptions().get(0).getMessage(), e);
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> show(StreamReader server) throws IOException {
        await(server.lines(UTF_8).forEach(line -> {
            screen.accept(line);
            return Coroutine.done();
        }));
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> send(StreamWriter server) throws IOException {
        await(keyboard.lines(UTF_8).forEach(line -> {
            server.write(line + "\n", UTF_8);
            await(server.drain());
            return Coroutine.done();
        }));
        server.write("/quit\n", UTF_8);
        return Coroutine.done();
    }
}
