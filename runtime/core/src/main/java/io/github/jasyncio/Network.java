package io.github.jasyncio;

import io.github.jasyncio.internal.channels.SystemNetwork;
import java.net.InetAddress;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;

/**
 * What a loop has for a network: where its sockets come from and what watches them, and whom it asks for names. All of package {@code
 * io.github.jasyncio.net} goes through here.
 *
 * <p>asyncio has no counterpart: there the operating system's is the only one. Another one, such as a simulated network for tests, is given to
 * {@link EventLoop.Builder#network}; its sockets are channels of its own, and its selector watches those only.
 */
public interface Network {

    /** The operating system's, which all of asyncio's loops have, and ours unless they were given another one; names are looked up in the default executor. */
    static Network ofSystem() {
        return SystemNetwork.INSTANCE;
    }

    /**
     * Makes the sockets of a loop, and the selector that watches them. asyncio has no counterpart.
     *
     * <p>A loop opens one selector, in its own thread, when it first watches a channel, and closes it in the end. It may let another thread wait with
     * it, if it is {@link EventLoop#over over an executor}.
     */
    SelectorProvider provider();

    /**
     * The addresses of a name, the best first; called by the running loop, in its thread. Semantics: {@code loop.getaddrinfo}.
     *
     * @param host a name; not the text form of an address
     * @return fails with an {@link java.net.UnknownHostException} if there are none
     */
    Awaitable<List<InetAddress>> lookUp(String host);

    /**
     * The name of an address, or its text form if it has none; called by the running loop, in its thread. Semantics: {@code loop.getnameinfo}.
     */
    Awaitable<String> nameOf(InetAddress address);
}
