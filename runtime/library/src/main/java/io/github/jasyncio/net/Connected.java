package io.github.jasyncio.net;

/**
 * A transport and the protocol that was made for it: what the loop's connection methods give.
 *
 * <p>Semantics: the pair that {@code loop.create_connection} gives.
 *
 * @param <T> the kind of transport
 * @param <P> the protocol's type
 */
public record Connected<T extends BaseTransport, P>(T transport, P protocol) {}
