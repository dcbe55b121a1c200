package io.github.jasyncio.internal.channels;

/**
 * Marks a {@link java.nio.channels.spi.SelectorProvider} whose channels become ready by what runs on the loop alone, as a simulated network's do: a loop
 * that has nothing else to do waits for them in vain.
 */
public interface LoopDriven {}
