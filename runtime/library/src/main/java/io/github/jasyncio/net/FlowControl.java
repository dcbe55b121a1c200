package io.github.jasyncio.net;

import io.github.jasyncio.KeyboardInterrupt;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells a transport's protocol when to pause writing and when to resume. Semantics: {@code transports._FlowControlMixin}. Loop-confined. */
final class FlowControl {

    private static final int DEFAULT_HIGH = 64 * 1024;

    private final ChannelTransport<?> transport;
    private WriteBufferLimits limits = limits(null, null);

    // resumed --the buffer is above the high mark--> paused --it is at the low mark or below--> resumed
    private boolean isPaused;

    FlowControl(ChannelTransport<?> transport) {
        this.transport = transport;
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
        BaseProtocol<?> protocol = transport.protocol();
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
            transport.loop.callExceptionHandler(context);
        }
    }
}
