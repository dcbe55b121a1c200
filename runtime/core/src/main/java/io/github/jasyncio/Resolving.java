package io.github.jasyncio;

import io.github.jasyncio.internal.Execution;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks the names of addresses up, in a loop's default executor: gives each address that they stand for once, in the order of the names and
 * then of the system. Semantics: {@code base_events._ensure_resolved}.
 */
final class Resolving extends HandWritten<List<SocketAddress>> {

    private final EventLoop loop;
    private final Queue<SocketAddress> left;
    private final Set<SocketAddress> found = new LinkedHashSet<>();

    Resolving(EventLoop loop, List<? extends SocketAddress> addresses) {
        super(EventLoop.class, "resolve");
        this.loop = loop;
        this.left = new ArrayDeque<>(addresses);
    }

    /** What awaiting one has come to. */
    @SuppressWarnings({"unchecked", "NullAway"}) // it is what this gives
    static List<SocketAddress> addresses(@Nullable Object value, @Nullable Throwable failure) throws Throwable {
        return (List<SocketAddress>) valueOr(failure, value);
    }

    @Override
    @Nullable
    Object run(Execution execution) throws Throwable {
        SocketAddress address;
        while ((address = left.poll()) != null) {
            if (address instanceof InetSocketAddress internet && internet.isUnresolved()) {
                return await(() -> loop.runInExecutor(null, () -> lookUp(internet)), this::lookedUp, execution);
            }
            found.add(address);
        }
        return List.copyOf(found);
    }

    private @Nullable Object lookedUp(@Nullable Object value, @Nullable Throwable failure, Execution execution)
            throws Throwable {
        found.addAll(addresses(value, failure));
        return run(execution);
    }

    private static List<SocketAddress> lookUp(InetSocketAddress unresolved) throws UnknownHostException {
        return Arrays.stream(InetAddress.getAllByName(unresolved.getHostString()))
                .<SocketAddress>map(address -> new InetSocketAddress(address, unresolved.getPort()))
                .toList();
    }
}
