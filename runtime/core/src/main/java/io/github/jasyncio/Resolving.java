package io.github.jasyncio;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;

/** Looks the names of addresses up, in a loop's default executor. Semantics: {@code base_events._ensure_resolved}. */
final class Resolving {

    private Resolving() {}

    /** All addresses that a name stands for, in the system's order; only itself if there is no name to look up. */
    static Awaitable<List<SocketAddress>> all(EventLoop loop, SocketAddress address) {
        if (address instanceof InetSocketAddress internet && internet.isUnresolved()) {
            return loop.runInExecutor(null, () -> lookUp(internet));
        }
        return Coroutine.of(List.of(address));
    }

    private static List<SocketAddress> lookUp(InetSocketAddress unresolved) throws java.net.UnknownHostException {
        return Arrays.stream(InetAddress.getAllByName(unresolved.getHostString()))
                .<SocketAddress>map(found -> new InetSocketAddress(found, unresolved.getPort()))
                .toList();
    }
}
