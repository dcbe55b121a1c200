package io.github.jasyncio.samples.chat;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.waitOn;
import static io.github.jasyncio.net.Net.startServer;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.ReturnWhen;
import io.github.jasyncio.Task;
import io.github.jasyncio.net.ServeOptions;
import io.github.jasyncio.net.Server;
import io.github.jasyncio.net.StreamReader;
import io.github.jasyncio.net.StreamWriter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Listens, holds a {@link Conversation} with each who connects, and ends them all in order when it is cancelled. */
final class ChatServer {

    private final ServeOptions options;
    private final Consumer<String> log;
    private final House house = new House();
    private final Map<Conversation, Task<Void>> conversations = new LinkedHashMap<>();

    ChatServer(ServeOptions options, Consumer<String> log) {
        this.options = options;
        this.log = log;
    }

    /** Serves until it is cancelled, which is what Ctrl-C does. */
    @Async
    Coroutine<Void> serve(String host, int port) throws IOException {
        Server server = await(startServer(this::talk, host, port, options));
        InetSocketAddress address = (InetSocketAddress) server.sockets().get(0).getLocalAddress();
        log.accept("chat listens at " + host + ", port " + address.getPort());
        try {
            await(getRunningLoop().createFuture()); // nobody sets it
        } finally {
            log.accept("chat ends; guests: " + house.size());
            server.close();
            await(dismissAll());
            server.abortClients(); // who has not gone by then does not read
            await(server.waitClosed());
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> talk(StreamReader reader, StreamWriter writer) {
        Conversation conversation = new Conversation(house, reader, writer);
        Task<Void> task = createTask(conversation.hold(), "conversation");
        conversations.put(conversation, task);
        try {
            await(task);
        } finally {
            conversations.remove(conversation);
        }
        return Coroutine.done();
    }

    /** Waits until all have ended, but not for ever. */
    @Async
    private Coroutine<Void> dismissAll() {
        List<Task<Void>> ending = List.copyOf(conversations.values());
        conversations.keySet().forEach(conversation -> conversation.dismiss("* the server ends, bye"));
        if (!ending.isEmpty()) {
            await(waitOn(ending, ReturnWhen.ALL_COMPLETED, Conversation.PATIENCE));
        }
        return Coroutine.done();
    }
}
