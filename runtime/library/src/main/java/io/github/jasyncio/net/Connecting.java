package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.staggered.Staggered.staggeredRace;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCallable;
import io.github.jasyncio.Asyncio;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.internal.channels.ChannelOwner;
import io.github.jasyncio.internal.channels.OwnedChannels;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the first address of a name that answers. Semantics: {@code loop.create_connection}.
 *
 * <p>A socket that is connected or about to be belongs to this, until a transport has it.
 */
final class Connecting implements ChannelOwner {

    private final EventLoop loop = Asyncio.getRunningLoop();
    private final OwnedChannels channels = OwnedChannels.of(loop);
    private final ConnectOptions options;

    /** What went wrong, of each address that was tried, in their order. */
    private final List<List<IOException>> failures = new ArrayList<>();

    private Connecting(ConnectOptions options) {
        this.options = options;
    }

    @Async
    static <P extends Protocol> Coroutine<Connected<Transport, P>> to(
            List<? extends SocketAddress> remotes, Supplier<? extends P> factory, ConnectOptions options)
            throws IOException {
        Connecting connecting = new Connecting(options);
        SocketChannel channel = await(connecting.connect(remotes));
        return Transports.over(channel, connecting, factory, null);
    }

    @Async
    private Coroutine<SocketChannel> connect(List<? extends SocketAddress> addresses) throws IOException {
        List<SocketAddress> remotes = await(Names.resolve(addresses, options.family()));
        List<SocketAddress> locals =
                options.local() == null ? List.of() : await(Names.resolve(List.of(options.local()), options.family()));
        SocketChannel connected;
        if (options.happyEyeballsDelay() == null) {
            connected = await(
                    firstOf(options.interleave() == 0 ? remotes : interleaved(remotes, options.interleave()), locals));
        } else {
            List<AsyncCallable<SocketChannel>> attempts = new ArrayList<>();
            for (SocketAddress address : interleaved(remotes, Math.max(1, options.interleave()))) {
                attempts.add(() -> connect(address, locals));
            }
            connected = await(staggeredRace(attempts, options.happyEyeballsDelay(), this::close))
                    .winner();
        }
        if (connected == null) {
            throw failure();
        }
        return Coroutine.of(connected);
    }

    @Async
    private Coroutine<@Nullable SocketChannel> firstOf(List<SocketAddress> remotes, List<SocketAddress> locals) {
        for (SocketAddress address : remotes) {
            try {
                return Coroutine.of(await(connect(address, locals)));
            } catch (IOException e) {
                // Noted; the next one may answer.
            }
        }
        return Coroutine.of(null);
    }

    /** Semantics: {@code base_events._connect_sock}. */
    @Async
    private Coroutine<SocketChannel> connect(SocketAddress address, List<SocketAddress> locals) throws IOException {
        List<IOException> noted = new ArrayList<>();
        failures.add(noted);
        SocketChannel channel = null;
        try {
            channel = open(address);
            channels.own(channel, this);
            channel.configureBlocking(false);
            if (!locals.isEmpty()) {
                bind(channel, address, locals, noted);
            }
            boolean isConnected = channel.connect(address);
            while (!isConnected) {
                await(Readiness.toWrite(loop, channel));
                isConnected = channel.finishConnect();
            }
            return Coroutine.of(channel);
        } catch (IOException e) {
            if (channel != null) {
                channels.close(channel, this);
            }
            IOException withAddress = withAddress(address, e);
            noted.add(withAddress);
            throw withAddress;
        } catch (Throwable t) {
            if (channel != null) {
                channels.close(channel, this);
            }
            throw t;
        }
    }

    private SocketChannel open(SocketAddress address) throws IOException {
        SelectorProvider provider = loop.getNetwork().provider();
        return address instanceof UnixDomainSocketAddress
                ? provider.openSocketChannel(StandardProtocolFamily.UNIX)
                : provider.openSocketChannel();
    }

    /** Binds to the first local address of the same kind that is free. */
    private static void bind(
            SocketChannel channel, SocketAddress address, List<SocketAddress> locals, List<IOException> noted)
            throws IOException {
        ProtocolFamily family = Names.family(address);
        for (SocketAddress local : locals) {
            if (Names.family(local).equals(family)) {
                try {
                    channel.bind(local);
                    return;
                } catch (IOException e) {
                    noted.add(withCause(new BindException("cannot bind to " + local + ": " + e.getMessage()), e));
                }
            }
        }
        throw noted.isEmpty()
                ? new BindException("no local address is of the same family: " + locals)
                : noted.remove(noted.size() - 1);
    }

    private static IOException withAddress(SocketAddress address, IOException failure) {
        return withCause(new ConnectException("cannot connect to " + address + ": " + failure.getMessage()), failure);
    }

    private static IOException withCause(IOException failure, IOException cause) {
        failure.initCause(cause);
        return failure;
    }

    private void close(SocketChannel channel) {
        try {
            channels.close(channel, this);
        } catch (IOException e) {
            // Nobody knows of it; and nobody could do anything about it.
        }
    }

    /** Semantics: {@code base_events._interleave_addrinfos}. */
    static List<SocketAddress> interleaved(List<SocketAddress> addresses, int firstFamilyCount) {
        Map<ProtocolFamily, Queue<SocketAddress>> byFamily = new LinkedHashMap<>();
        for (SocketAddress address : addresses) {
            byFamily.computeIfAbsent(Names.family(address), family -> new ArrayDeque<>())
                    .add(address);
        }
        List<SocketAddress> reordered = new ArrayList<>();
        Queue<SocketAddress> first = byFamily.values().iterator().next();
        while (reordered.size() < firstFamilyCount - 1 && !first.isEmpty()) {
            reordered.add(first.remove());
        }
        while (reordered.size() < addresses.size()) {
            for (Queue<SocketAddress> family : byFamily.values()) {
                if (!family.isEmpty()) {
                    reordered.add(family.remove());
                }
            }
        }
        return reordered;
    }

    /** The failure of the only address, or one that carries those of all. */
    private IOException failure() {
        List<IOException> all = failures.stream().flatMap(List::stream).toList();
        if (all.size() == 1) {
            return all.get(0);
        }
        IOException failure = new ConnectException("no address answers: "
                + String.join("; ", all.stream().map(Throwable::getMessage).toList()));
        all.forEach(failure::addSuppressed);
        return failure;
    }

    /** For example {@code <createConnection in progress>}. */
    @Override
    public String toString() {
        return "<createConnection in progress>";
    }
}
