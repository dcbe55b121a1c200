package io.github.jasyncio.samples.basics;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.net.Net.openConnection;
import static io.github.jasyncio.net.Net.startServer;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.net.Server;
import io.github.jasyncio.net.StreamConnection;
import io.github.jasyncio.net.StreamReader;
import io.github.jasyncio.net.StreamWriter;
import java.io.IOException;
import java.net.InetSocketAddress;

/** A server that answers lines, and two clients of it, on one thread: reading waits for what comes, drain for those who take too little. */
final class Streams {

    private Streams() {}

    public static void main(String... args) {
        run(program());
    }

    @Async
    static Coroutine<Void> program() {
        try {
            Server server = await(startServer(Streams::serve, "127.0.0.1", 0));
            int port = ((InetSocketAddress) server.sockets().get(0).getLocalAddress()).getPort();
            System.out.println(await(gather(ask(port, "bread", "butter"), ask(port, "tea", "milk", "sugar"))));
            await(server.closeAsync());
            System.out.println("the server is closed, and so are its connections");
        } catch (IOException e) {
            System.out.println("the network does not work here: " + e);
        }
        return Coroutine.done();
    }

    /** Runs as a task of its own for each client. A failure would be reported, and close the connection. */
    @Async
    static Coroutine<Void> serve(StreamReader reader, StreamWriter writer) throws IOException {
        while (true) {
            byte[] line = await(reader.readline());
            if (line.length == 0) {
                break; // the client has nothing more to say
            }
            writer.write("fresh " + new String(line, UTF_8), UTF_8);
            await(writer.drain());
        }
        writer.close();
        await(writer.waitClosed());
        return Coroutine.done();
    }

    @Async
    static Coroutine<String> ask(int port, String... wishes) throws IOException {
        StreamConnection connection = await(openConnection("127.0.0.1", port));
        StringBuilder got = new StringBuilder("got");
        try {
            for (String wish : wishes) {
                connection.writer().write(wish + "\n", UTF_8);
                await(connection.writer().drain());
                got.append(' ').append(new String(await(connection.reader().readline()), UTF_8).strip());
            }
        } finally {
            await(connection.closeAsync());
        }
        return Coroutine.of(got.toString());
    }
}
