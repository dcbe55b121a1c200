package io.github.jasyncio.internal.channels;

import io.github.jasyncio.Asyncio;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.Network;
import io.github.jasyncio.internal.functions.NotData;
import java.net.InetAddress;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;

/** The operating system's network. Thread-safe. */
public final class SystemNetwork implements Network {

    /** The only one. */
    public static final SystemNetwork INSTANCE = new SystemNetwork();

    private SystemNetwork() {}

    @Override
    public SelectorProvider provider() {
        return SelectorProvider.provider();
    }

    @Override
    public Awaitable<List<InetAddress>> lookUp(String host) {
        return Asyncio.getRunningLoop().runInExecutor(null, () -> List.of(InetAddress.getAllByName(host)));
    }

    @Override
    public Awaitable<String> nameOf(InetAddress address) {
        return Asyncio.getRunningLoop().runInExecutor(null, address::getCanonicalHostName);
    }

    /** For serialisers, which would take a future for data, and with it its loop, and with that its network. */
    public Object getValue() {
        throw NotData.taken(this);
    }

    @Override
    public String toString() {
        return "<Network of the operating system>";
    }
}
