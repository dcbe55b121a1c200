package io.github.jasyncio;

import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.transport.Server;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The coroutines of a {@link Server}. */
final class ServerCalls {

    private ServerCalls() {}

    /** Semantics: {@code Server.start_serving}. */
    static final class StartServing extends HandWritten<Void> {

        private final ListeningServer server;

        StartServing(ListeningServer server) {
            super(Server.class, "startServing");
            this.server = server;
        }

        @Override
        @Nullable
        Object run(Execution execution) throws Throwable {
            server.start();
            return await(Asyncio.sleep(Duration.ZERO), (value, failure, e) -> valueOr(failure, null), execution);
        }
    }

    /** Semantics: {@code Server.wait_closed}. */
    static final class WaitClosed extends HandWritten<Void> {

        private final ListeningServer server;

        WaitClosed(ListeningServer server) {
            super(Server.class, "waitClosed");
            this.server = server;
        }

        @Override
        @Nullable
        Object run(Execution execution) throws Throwable {
            Future<Void> waiter = server.whenEnded();
            return waiter == null ? null : await(waiter, (value, failure, e) -> valueOr(failure, null), execution);
        }
    }

    /** Semantics: {@code Server.serve_forever}. */
    static final class ServeForever extends HandWritten<Void> {

        private final ListeningServer server;

        ServeForever(ListeningServer server) {
            super(Server.class, "serveForever");
            this.server = server;
        }

        @Override
        @Nullable
        Object run(Execution execution) throws Throwable {
            Future<Void> forever = server.beginForever();
            return await(forever, this::ended, execution);
        }

        private @Nullable Object ended(@Nullable Object value, @Nullable Throwable failure, Execution execution)
                throws Throwable {
            if (!(failure instanceof CancelledError)) {
                server.endForever();
                return valueOr(failure, null);
            }
            server.close();
            return await(
                    server.waitClosed(),
                    (v, newFailure, e) -> {
                        server.endForever();
                        throw newFailure == null ? failure : newFailure;
                    },
                    execution);
        }
    }
}
