package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.getRunningLoop;

import io.github.jasyncio.EventLoop;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Supplier;

/** Transports and streams over the blocking streams of Java, such as those of a process or {@code System.in}. */
final class Pipes {

    private Pipes() {}

    static <P extends Protocol> Connected<Transport, P> read(Supplier<P> factory, InputStream input) {
        P protocol = factory.get();
        ReadPipeTransport transport = new ReadPipeTransport(getRunningLoop(), protocol, input);
        transport.start();
        return new Connected<>(transport, protocol);
    }

    static <P extends Protocol> Connected<Transport, P> write(Supplier<P> factory, OutputStream output) {
        P protocol = factory.get();
        WritePipeTransport transport = new WritePipeTransport(getRunningLoop(), protocol, output);
        transport.start();
        return new Connected<>(transport, protocol);
    }

    static StreamReader reader(InputStream input, int limit) {
        return read(() -> streamProtocol(limit), input).protocol().streams().reader();
    }

    static StreamWriter writer(OutputStream output) {
        return write(() -> streamProtocol(StreamReader.DEFAULT_LIMIT), output)
                .protocol()
                .streams()
                .writer();
    }

    private static StreamReaderProtocol streamProtocol(int limit) {
        EventLoop loop = getRunningLoop();
        return new StreamReaderProtocol(loop, limit, null, LostStream.here());
    }
}
