package io.github.jasyncio;

import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.transport.Transport;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** Sends a file over a transport, past its buffer. Semantics: {@code loop.sendfile}. */
final class SendFile extends HandWritten<Long> {

    private final EventLoop loop;
    private final SocketTransport transport;
    private final FileChannel file;
    private final long offset;
    private final long count;
    private boolean isToResume;

    SendFile(EventLoop loop, Transport transport, FileChannel file, long offset, long count) {
        super(EventLoop.class, "sendFile");
        if (!(transport instanceof SocketTransport socket)) {
            throw new IllegalArgumentException("sendFile: not a transport of a loop's: " + transport);
        }
        this.loop = loop;
        this.transport = socket;
        this.file = file;
        this.offset = offset;
        this.count = count;
    }

    @Override
    @Nullable
    Object run(Execution execution) throws Throwable {
        if (transport.isClosing()) {
            throw new IllegalStateException("sendFile: the transport is closing: " + transport);
        }
        Future<Void> emptied = transport.whenEmptied();
        isToResume = transport.isReading();
        transport.pauseReading();
        return await(emptied, this::emptied, execution);
    }

    private @Nullable Object emptied(@Nullable Object value, @Nullable Throwable failure, Execution execution)
            throws Throwable {
        if (failure != null) {
            return ended(null, failure);
        }
        // It watches the channel itself meanwhile.
        loop.channels().disown(transport.channel(), transport);
        return await(
                () -> loop.sockSendFile(transport.channel(), file, offset, count),
                (sent, error, e) -> {
                    if (transport.channel().isOpen()) {
                        loop.channels().own(transport.channel(), transport);
                    }
                    return ended(sent, error);
                },
                execution);
    }

    private @Nullable Object ended(@Nullable Object sent, @Nullable Throwable failure) throws Throwable {
        transport.allowWrites();
        if (isToResume) {
            transport.resumeReading();
        }
        return valueOr(failure, sent);
    }
}
