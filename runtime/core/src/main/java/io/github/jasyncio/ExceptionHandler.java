package io.github.jasyncio;

import java.util.Map;

/**
 * Is told of failures that nobody else would hear of: of callbacks, and of tasks and futures at whose failure nobody looked.
 *
 * <p>Semantics: what {@code loop.set_exception_handler} takes.
 */
@FunctionalInterface
public interface ExceptionHandler {

    /**
     * Handles one failure.
     *
     * <p>Semantics: what {@code loop.set_exception_handler} takes; the context's keys are asyncio's.
     *
     * @param loop the loop in which it happened
     * @param context {@code "message"} (always), {@code "exception"}, {@code "future"}, {@code "task"}, {@code "handle"}, and others; in debug mode
     *     {@code "createdAt"}, a list of {@link StackTraceElement}s: where the task, future or handle was made, innermost place first
     */
    void handle(EventLoop loop, Map<String, Object> context);
}
