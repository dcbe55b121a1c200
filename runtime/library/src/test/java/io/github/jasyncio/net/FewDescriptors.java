package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.run;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A program of {@link FaultsTest}'s: a server that answers each line with what it has been told by the exception handler. Run in a process that may have
 * few descriptors; ends when a client says so.
 */
final class FewDescriptors {

    private static int reports;
    private static String firstReport = "none";

    private FewDescriptors() {}

    public static void main(String[] arguments) throws IOException {
        run(serve());
    }

    @Async
    private static Coroutine<Void> serve() throws IOException {
        getRunningLoop().setExceptionHandler((loop, context) -> {
            if (reports++ == 0) {
                firstReport = context.get("message") + ": " + context.get("exception");
            }
        });
        // Once, so that all classes that it takes are there.
        getRunningLoop().callExceptionHandler(java.util.Map.of("message", "x", "exception", new IOException("y")));
        reports = 0;
        Server server = await(Net.startServer(
                FewDescriptors::answer,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ServeOptions.DEFAULTS));
        System.out.println(((InetSocketAddress) server.sockets().get(0).getLocalAddress()).getPort());
        await(server.waitClosed());
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> answer(StreamReader reader, StreamWriter writer) throws IOException {
        while (true) {
            byte[] line = await(reader.readline());
            if (line.length == 0) {
                break;
            }
            if (new String(line, UTF_8).equals("exit\n")) {
                Runtime.getRuntime().halt(0);
            }
            writer.write(reports + " reports, the first " + firstReport + "\n", UTF_8);
            await(writer.drain());
        }
        writer.close();
        return Coroutine.done();
    }
}
