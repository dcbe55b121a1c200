package io.github.jasyncio.internal.generators;

import io.github.jasyncio.Asyncio;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Outcome;
import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.functions.HandWritten;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Closes the async generators of a loop that are left. Semantics: {@code loop.shutdown_asyncgens}. */
public final class CloseGenerators extends HandWritten<Void> {

    private final EventLoop loop;
    private final OpenGenerators generators;
    private List<OpenGenerators.Left> closing = List.of();

    /** Makes one that has not run. */
    public CloseGenerators(EventLoop loop, OpenGenerators generators) {
        super("io.github.jasyncio.EventLoop", "shutdownAsyncGenerators");
        this.loop = loop;
        this.generators = generators;
    }

    @Override
    protected @Nullable Object run(Execution execution) throws Throwable {
        closing = generators.takeAll();
        if (closing.isEmpty()) {
            return null;
        }
        return await(
                () -> Asyncio.gatherOutcomes(
                        closing.stream().map(OpenGenerators.Left::close).toList()),
                this::report,
                execution);
    }

    private @Nullable Object report(@Nullable Object value, @Nullable Throwable failure, Execution execution)
            throws Throwable {
        List<?> outcomes = (List<?>) Objects.requireNonNull(valueOr(failure, value));
        for (int i = 0; i < closing.size(); i++) {
            Object generator = closing.get(i).generator();
            if (outcomes.get(i) instanceof Outcome.Failure<?> failed && !(failed.error() instanceof CancelledError)) {
                loop.callExceptionHandler(Map.of(
                        "message",
                        "an error occurred during closing of asynchronous generator " + generator,
                        "exception",
                        failed.error(),
                        "asyncgen",
                        generator));
            }
        }
        closing = List.of();
        return null;
    }
}
