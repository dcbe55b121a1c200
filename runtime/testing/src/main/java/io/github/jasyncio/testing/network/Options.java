package io.github.jasyncio.testing.network;

import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The options of a socket: kept, and without effect. */
final class Options {

    private static final Map<SocketOption<?>, Object> DEFAULTS = Map.of(
            StandardSocketOptions.SO_KEEPALIVE, false,
            StandardSocketOptions.SO_RCVBUF, Flow.CAPACITY,
            StandardSocketOptions.SO_SNDBUF, Flow.CAPACITY,
            StandardSocketOptions.SO_REUSEADDR, false,
            StandardSocketOptions.SO_REUSEPORT, false,
            StandardSocketOptions.SO_LINGER, -1,
            StandardSocketOptions.SO_BROADCAST, false,
            StandardSocketOptions.TCP_NODELAY, false,
            StandardSocketOptions.IP_TOS, 0);

    private final Map<SocketOption<?>, Object> values = new HashMap<>(DEFAULTS);

    <T> void set(SocketOption<T> option, T value) {
        check(option);
        values.put(option, value);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // set by a value of its type, and checked to be there
    <T> T get(SocketOption<T> option) {
        check(option);
        return (T) values.get(option);
    }

    private static void check(SocketOption<?> option) {
        if (!DEFAULTS.containsKey(option)) {
            throw new UnsupportedOperationException("a simulated socket has no option " + option);
        }
    }

    static Set<SocketOption<?>> supported() {
        return DEFAULTS.keySet();
    }
}
