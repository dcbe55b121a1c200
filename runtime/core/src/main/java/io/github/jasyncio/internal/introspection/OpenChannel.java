package io.github.jasyncio.internal.introspection;

import java.nio.channels.SelectableChannel;
import java.util.List;

/**
 * A channel of a loop's that somebody has opened and not closed.
 *
 * @param owner the transport or server that it belongs to
 * @param madeAt where the task stood that opened it, innermost first; empty if that was no task, or debug mode was off
 */
public record OpenChannel(SelectableChannel channel, Object owner, List<StackTraceElement> madeAt) {}
