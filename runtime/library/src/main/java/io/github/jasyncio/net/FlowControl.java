package io.github.jasyncio.net;

import io.github.jasyncio.EventLoop;
import io.github.jasyncio.KeyboardInterrupt;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells a transport's protocol when to pause writing and when to resume. Semantics: {@code transports._FlowControlMixin}. Loop-confined. */
final class FlowControl {

    private static final int DEFAULT_HIGH = 64 * 1024;

    private final BaseTransport transport;
    private final EventLoop loop;
    private final Supplier<? extends BaseProtocol<?>> protocol;
    private WriteBufferLimits limits = limits(null, null);

    // resumed --the buffer is above the high mark--> paused --it is at the low mark or below--> resumed
    private boolean isPaused;

    /**
     * That of a transport.
     *
     * @param protocol whom to tell at that moment
     */
    FlowControl(BaseTransport transport, EventLoop loop, Supplier<? extends BaseProtocol<?>> protocol) {
        this.transport = transport;
        this.loop = loop;
        this.protocol = protocol;
    }

    WriteBufferLimits limits() {
        return limits;
    }

    void setLimits(@Nullable Integer high, @Nullable Integer low) {
        limits = limits(high, low);
        pauseIfFull();
    }

    private static WriteBufferLimits limits(@Nullable Integer high, @Nullable Integer low) {
        long highMark = high != null ? high : low != null ? 4L * low : DEFAULT_HIGH;
        return new WriteBufferLimits(low != null ? low : highMark / 4, highMark);
    }

    /** To be called when the buffer has grown. */
    void pauseIfFull() {
        if (!isPaused && transport.getWriteBufferSize() > limits.high()) {
            isPaused = true;
            tell("pauseWriting", BaseProtocol::pauseWriting);
        }
    }

    /** To be called when the buffer has shrunk. */
    void resumeIfDrained() {
        if (isPaused && transport.getWriteBufferSize() <= limits.low()) {
            isPaused = false;
            tell("resumeWriting", BaseProtocol::resumeWriting);
        }
    }

    private void tell(String what, Consumer<BaseProtocol<?>> call) {
        BaseProtocol<?> protocol = this.protocol.get();
        try {
            call.accept(protocol);
        } catch (KeyboardInterrupt e) {
            throw e;
        } catch (Throwable t) {
            Map<String, Object> context = new LinkedHashMap<>();
            context.put("message", "protocol." + what + "() failed");
            context.put("exception", t);
            context.put("transport", transport);
            context.put("protocol", protocol);
            loop.callExceptionHandler(context);
        }
    }
}
