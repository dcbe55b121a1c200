package io.github.jasyncio.samples.chat;

import static io.github.jasyncio.Asyncio.await;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.net.StreamConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A guest of the chat whom a test plays. */
record Visitor(StreamConnection connection) {

    void says(String line) {
        connection.writer().write(line + "\n", UTF_8);
    }

    /** The next line; "the end" at the end. */
    @Async
    Coroutine<String> hears() throws IOException {
        byte[] line = await(connection.reader().readline());
        return Coroutine.of(line.length == 0 ? "the end" : new String(line, UTF_8).strip());
    }

    /** The lines up to one that begins so, and with it. */
    @Async
    Coroutine<List<String>> hearsUntil(String begin) throws IOException {
        List<String> lines = new ArrayList<>();
        do {
            lines.add(await(hears()));
        } while (!lines.get(lines.size() - 1).startsWith(begin)
                && !lines.get(lines.size() - 1).equals("the end"));
        return Coroutine.of(lines);
    }
}
