package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.waitFor;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.net.IncompleteReadException;
import io.github.jasyncio.net.StreamReader;

class StreamsReaderTest extends Twin {

    /** {@code repr(data.decode())}. */
    private static String repr(byte[] data) {
        return "'" + new String(data, UTF_8).replace("\n", "\\n") + "'";
    }

    /** The declared failure is what {@code awaitable} is for. */
    @Async
    private Coroutine<Void> show(String what, Awaitable<byte[]> awaitable) throws IncompleteReadException {
        try {
            log(what, repr(await(awaitable)));
        } catch (AsyncTimeoutException e) {
            log(what, "timeout");
        } catch (Throwable e) {
            if (!(e instanceof IncompleteReadException incomplete)) {
                throw e;
            }
            log(what, "incomplete:", repr(incomplete.partial()), "of", incomplete.expected());
        }
        return Coroutine.done();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Async
    @Override
    Coroutine<Void> main() throws Exception {
        EventLoop loop = getRunningLoop();
        StreamReader reader = new StreamReader(16);
        loop.callLater(ms(5), () -> reader.feedData(bytes("first li")));
        loop.callLater(ms(10), () -> reader.feedData(bytes("ne\nsecond\nab")));
        loop.callLater(ms(15), () -> reader.feedData(bytes("cdef")));
        loop.callLater(ms(20), () -> reader.feedData(bytes("gh;")));
        loop.callLater(ms(25), () -> reader.feedData(bytes("rest")));
        loop.callLater(ms(30), reader::feedEof);
        await(show("readline", reader.readline()));
        await(show("readline", reader.readline()));
        await(show("readexactly", reader.readexactly(4)));
        await(show("wait_for", waitFor(reader.readuntil(bytes(";")), ms(2))));
        await(show("readuntil", reader.readuntil(bytes(";"))));
        await(show("read 0", reader.read(0)));
        await(show("read 2", reader.read(2)));
        log("at_eof", reader.atEof());
        await(show("readexactly", reader.readexactly(10)));
        log("at_eof", reader.atEof());
        await(show("read", reader.read(5)));
        await(show("readline", reader.readline()));
        StreamReader failing = new StreamReader();
        loop.callLater(ms(5), () -> failing.setException(new Boom("connection")));
        await(attempt("failing", failing.read()));
        await(attempt("again", failing.readline()));
        StreamReader longer = new StreamReader(4);
        longer.feedData(bytes("no separator in sight"));
        await(attempt("over the limit", longer.readuntil(bytes("\n"))));
        return Coroutine.done();
    }
}
