package io.github.jasyncio;

import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.channels.Channels;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks a name up if there is one, and connects to the first address that it stands for. Semantics: {@code loop.sock_connect}. */
final class SocketConnect extends HandWritten<Void> {

    private final EventLoop loop;
    private final SelectableChannel channel;
    private final SocketAddress address;

    SocketConnect(EventLoop loop, SelectableChannel channel, SocketAddress address) {
        super(EventLoop.class, "sockConnect");
        if (channel == null || address == null) {
            throw new NullPointerException("sockConnect: a channel and an address were expected, got null");
        }
        this.loop = loop;
        this.channel = channel;
        this.address = address;
    }

    @Override
    @Nullable
    Object run(Execution execution) throws Throwable {
        Channels.checkOpenAndNonBlocking("sockConnect", channel);
        return await(new Resolving(loop, List.of(address)), this::resolved, execution);
    }

    private @Nullable Object resolved(@Nullable Object found, @Nullable Throwable failure, Execution execution)
            throws Throwable {
        SocketAddress first = Resolving.addresses(found, failure).get(0);
        return await(SocketCall.connect(loop, channel, first), (value, error, e) -> valueOr(error, value), execution);
    }
}
