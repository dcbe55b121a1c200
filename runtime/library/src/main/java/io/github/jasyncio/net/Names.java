package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Async;
import io.github.jasyncio.Asyncio;
import io.github.jasyncio.Coroutine;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks names up. */
final class Names {

    private static final Pattern FOUR_NUMBERS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private Names() {}

    /**
     * Gives each address that the given ones stand for once, in the order of the names and then of the network. Semantics: {@code
     * base_events._ensure_resolved}.
     *
     * @param family the only one that counts; null for all
     */
    @Async
    static Coroutine<List<SocketAddress>> resolve(
            List<? extends SocketAddress> addresses, @Nullable ProtocolFamily family) throws IOException {
        Set<SocketAddress> found = new LinkedHashSet<>();
        for (SocketAddress address : addresses) {
            if (address instanceof InetSocketAddress internet && internet.isUnresolved()) {
                for (InetAddress one : await(lookUp(internet.getHostString()))) {
                    found.add(new InetSocketAddress(one, internet.getPort()));
                }
            } else {
                found.add(address);
            }
        }
        List<SocketAddress> fitting = found.stream()
                .filter(address -> family == null || family.equals(family(address)))
                .toList();
        if (fitting.isEmpty()) {
            throw new UnknownHostException("no addresses of family " + family + ": " + found);
        }
        return Coroutine.of(fitting);
    }

    /** Semantics: {@code loop.getaddrinfo}; the text form of an address needs nobody to be asked. */
    @Async
    static Coroutine<List<InetAddress>> lookUp(String host) throws UnknownHostException {
        if (isAddress(host)) {
            return Coroutine.of(List.of(parse(host)));
        }
        return Coroutine.of(await(Asyncio.getRunningLoop().getNetwork().lookUp(host)));
    }

    @Async
    static Coroutine<List<InetSocketAddress>> addresses(String host, int port) throws UnknownHostException {
        return Coroutine.of(await(lookUp(host)).stream()
                .map(address -> new InetSocketAddress(address, port))
                .toList());
    }

    /** Semantics: {@code loop.getnameinfo}. */
    @Async
    static Coroutine<String> nameOf(InetAddress address) {
        return Coroutine.of(await(Asyncio.getRunningLoop().getNetwork().nameOf(address)));
    }

    /** Asks nobody: neither form of an address makes the JDK do so. */
    private static InetAddress parse(String address) throws UnknownHostException {
        return InetAddress.getByName(address);
    }

    private static boolean isAddress(String host) {
        if (host.indexOf(':') >= 0) {
            return true;
        }
        if (!FOUR_NUMBERS.matcher(host).matches()) {
            return false;
        }
        for (String number : host.split("\\.", -1)) {
            if (Integer.parseInt(number) > 255) {
                return false;
            }
        }
        return true;
    }

    static ProtocolFamily family(SocketAddress address) {
        return address instanceof UnixDomainSocketAddress
                ? StandardProtocolFamily.UNIX
                : address instanceof InetSocketAddress internet && internet.getAddress() instanceof Inet6Address
                        ? StandardProtocolFamily.INET6
                        : StandardProtocolFamily.INET;
    }
}
