package io.github.jasyncio.internal.channels;

import io.github.jasyncio.internal.DebugMode;
import io.github.jasyncio.internal.Log;
import java.io.Closeable;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * What is to be done when a loop has become garbage that was never closed: the selector and the channels that are its own business are closed, because they
 * take descriptors, and are complained of.
 *
 * <p>Semantics: {@code BaseEventLoop.__del__}, and that of sockets. Must not lead to the loop; so the keys of the selector hold nothing. Loop-confined until the
 * loop is lost.
 */
final class LostChannels implements Runnable {

    /** Its thread ends with this class: it is the JDK's own, and has nothing of ours. */
    private static final Cleaner CLEANER = Cleaner.create();

    private final Selector selector;
    private final Set<SelectableChannel> owned = Collections.newSetFromMap(new IdentityHashMap<>());
    private volatile boolean isSettled;

    LostChannels(Selector selector) {
        this.selector = selector;
    }

    /** Waits for the loop to be lost, with its {@code channels}. */
    void watch(Channels channels) {
        Cleaner.Cleanable unused = CLEANER.register(channels, this);
    }

    /** A channel belongs to the loop from now on. */
    void own(SelectableChannel channel) {
        owned.add(channel);
    }

    /** It does not any more. */
    void disown(SelectableChannel channel) {
        owned.remove(channel);
    }

    /** The loop is closed, and what it has with it. */
    void settle() {
        isSettled = true;
    }

    /** On the cleaner's thread. */
    @Override
    public void run() {
        if (isSettled || !selector.isOpen()) {
            return;
        }
        List<SelectableChannel> open = new ArrayList<>(owned);
        open.removeIf(channel -> !channel.isOpen());
        String closed = open.isEmpty() ? "" : ", and so are " + open;
        open.forEach(LostChannels::close);
        close(selector); // last: it tells the system of those
        if (!DebugMode.isOn()) {
            // Debug mode tells it anyway, with where the loop was made.
            Log.log(
                    System.Logger.Level.WARNING,
                    "an event loop was never closed, and nobody has it any more; its selector is closed now"
                            + closed
                            + "\n    close() it, or let run(...) do that"
                            + "\n    debug mode tells where it was made: -Djasyncio.debug=true");
        }
    }

    private static void close(Closeable held) {
        try {
            held.close();
        } catch (IOException e) {
            Log.log(System.Logger.Level.DEBUG, "cannot close " + held, e);
        }
    }
}
