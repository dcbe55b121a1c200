package io.github.jasyncio.net;

import io.github.jasyncio.internal.DebugMode;
import io.github.jasyncio.internal.Log;
import io.github.jasyncio.internal.debug.UserFrames;
import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done when a stream has become garbage while it is open: its connection is closed and complained of.
 *
 * <p>Semantics: {@code StreamWriter.__del__}. Must not lead to the stream itself. Thread-safe.
 */
final class LostStream implements Runnable {

    /** Its thread ends with this class: it is the JDK's own, and has nothing of ours. */
    private static final Cleaner CLEANER = Cleaner.create();

    /** Who makes streams on behalf of others. */
    private static final Set<String> OURS =
            Set.of(LostStream.class.getName(), Streams.class.getName(), Net.class.getName());

    /**
     * Held by the loop as long as there is a connection. Weakly here: through it the stream may be reached, which a coroutine of the loop's may hold. But who
     * debugs is to hear also of a stream whose loop has been closed, and then it is held here.
     */
    private final Supplier<@Nullable StreamReaderProtocol> protocol;

    private final @Nullable String madeAt;
    private Cleaner.@Nullable Cleanable cleanable;
    private volatile boolean isSettled;

    private LostStream(StreamReaderProtocol protocol, @Nullable String madeAt) {
        this.protocol = madeAt == null ? new WeakReference<>(protocol)::get : () -> protocol;
        this.madeAt = madeAt;
    }

    /** Watches a writer, which its protocol does not hold. */
    static LostStream watch(StreamWriter writer, StreamReaderProtocol protocol, @Nullable String madeAt) {
        LostStream watch = new LostStream(protocol, madeAt);
        watch.cleanable = CLEANER.register(writer, watch);
        return watch;
    }

    /** Where the caller is, for those who debug; null if nobody does: a look at the stack costs more than the connection. */
    static @Nullable String here() {
        if (!DebugMode.isOn()) {
            return null;
        }
        List<StackTraceElement> places = StackWalker.getInstance()
                .walk(frames -> UserFrames.of(frames.map(StackWalker.StackFrame::toStackTraceElement))
                        .filter(place -> !OURS.contains(place.getClassName()))
                        .limit(10)
                        .toList());
        return UserFrames.text(places);
    }

    /** The connection is lost already. */
    void settle() {
        isSettled = true;
        Cleaner.Cleanable registered = cleanable;
        if (registered != null) {
            registered.clean();
        }
    }

    /** On the cleaner's thread, unless it is settled. */
    @Override
    public void run() {
        StreamReaderProtocol connected = protocol.get();
        if (isSettled || connected == null) {
            return; // in the second case its loop is lost as well, and closes the connection
        }
        try {
            connected.loop().callSoonThreadsafe(() -> close(connected));
        } catch (IllegalStateException | RejectedExecutionException e) {
            // Whoever closes a loop closes its connections; only who debugs wants to hear of it.
            Transport transport = openTransport(connected);
            if (madeAt != null && transport != null) {
                complain(transport, ", and its loop is closed");
            }
        }
    }

    private void close(StreamReaderProtocol connected) {
        Transport transport = openTransport(connected);
        if (transport != null) {
            complain(transport, "; it is closed now");
            transport.close();
        }
    }

    private static @Nullable Transport openTransport(StreamReaderProtocol connected) {
        Transport transport = connected.transport();
        return transport == null || transport.isClosing() ? null : transport;
    }

    private void complain(Transport transport, String consequence) {
        Log.log(
                System.Logger.Level.WARNING,
                "unclosed <StreamWriter transport=" + transport + ">: nobody has it any more" + consequence
                        + "\n    close it: writer.close(), or try (StreamConnection connection = await(openConnection(...))) {...}"
                        + (madeAt == null
                                ? "\n    debug mode tells where it was made: -Djasyncio.debug=true"
                                : "\ncreated at:" + madeAt));
    }
}
