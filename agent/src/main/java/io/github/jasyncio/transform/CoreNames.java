package io.github.jasyncio.transform;

import java.util.Set;

/**
 * The names of the core module that rewritten code mentions: the only place that knows them, since the transformer does not depend on core. A test
 * holds each against the real thing.
 */
final class CoreNames {

    static final String ASYNC_ANNOTATION = "Lio/github/jasyncio/Async;";

    /** That of an async test, which needs no {@link #ASYNC_ANNOTATION}; of module testing. */
    static final String ASYNC_TEST_ANNOTATION = "Lio/github/jasyncio/testing/AsyncTest;";

    static final String REWRITTEN_ANNOTATION = "Lio/github/jasyncio/internal/Rewritten;";
    static final String REWRITTEN_PROTOCOL = "value";
    static final String REWRITTEN_OWNER = "owner";
    static final String SUPPRESS_ANNOTATION = "Lio/github/jasyncio/SuppressAsyncWarnings;";
    static final int PROTOCOL = 1;

    static final String ASYNCIO = "io/github/jasyncio/Asyncio";
    static final String AWAIT = "await";
    static final String AWAIT_AWAITABLE_DESCRIPTOR = "(Lio/github/jasyncio/Awaitable;)Ljava/lang/Object;";
    static final String AWAIT_STAGE_DESCRIPTOR = "(Ljava/util/concurrent/CompletionStage;)Ljava/lang/Object;";

    static final String EMIT = "emit";
    static final String EMIT_DESCRIPTOR = "(Ljava/lang/Object;)Ljava/lang/Object;";

    static final String ASYNC_GENERATOR = "io/github/jasyncio/AsyncGenerator";
    static final String ASYNC_GENERATOR_DESCRIPTOR = "Lio/github/jasyncio/AsyncGenerator;";
    static final String GENERATOR_OF = "of";
    static final String GENERATOR_OF_DESCRIPTOR =
            "(Lio/github/jasyncio/internal/Frame;)Lio/github/jasyncio/AsyncGenerator;";
    static final String GENERATOR_DONE = "done";
    static final String GENERATOR_DONE_DESCRIPTOR = "()Lio/github/jasyncio/AsyncGenerator;";
    static final String GENERATOR_END = "end";
    static final String GENERATOR_END_DESCRIPTOR = "(Lio/github/jasyncio/AsyncGenerator;)Ljava/lang/Object;";

    static final String ASYNC_CLOSEABLE = "io/github/jasyncio/AsyncCloseable";

    /** It, and the classes of the runtime that are one and have no other way to be closed: the type of a variable tells that closing it waits. */
    static final Set<String> ASYNC_CLOSEABLES = Set.of(
            ASYNC_CLOSEABLE, "io/github/jasyncio/net/StreamConnection", "io/github/jasyncio/resources/AsyncExitStack");

    static final String CLOSE_ASYNC = "closeAsync";
    static final String CLOSE_ASYNC_DESCRIPTOR = "()Lio/github/jasyncio/Coroutine;";

    static final String AWAITABLE = "io/github/jasyncio/Awaitable";
    static final String COROUTINE = "io/github/jasyncio/Coroutine";
    static final String COROUTINE_DESCRIPTOR = "Lio/github/jasyncio/Coroutine;";
    static final String EVENT_LOOP = "io/github/jasyncio/EventLoop";
    static final String CREATE_TASK = "createTask";
    static final String FUTURE = "io/github/jasyncio/Future";
    static final String TASK = "io/github/jasyncio/Task";
    static final String STAGE = "java/util/concurrent/CompletionStage";

    static final String STAGE_DESCRIPTOR = "Ljava/util/concurrent/CompletionStage;";
    static final String COMPLETABLE_FUTURE = "java/util/concurrent/CompletableFuture";
    static final String COMPLETABLE_FUTURE_DESCRIPTOR = "Ljava/util/concurrent/CompletableFuture;";
    static final String COMPLETED_FUTURE = "completedFuture";
    static final String COMPLETED_FUTURE_DESCRIPTOR = "(Ljava/lang/Object;)Ljava/util/concurrent/CompletableFuture;";

    static final String COROUTINE_OF = "of";
    static final String COROUTINE_OF_DESCRIPTOR = "(Ljava/lang/Object;)Lio/github/jasyncio/Coroutine;";
    static final String COROUTINE_DONE = "done";
    static final String COROUTINE_DONE_DESCRIPTOR = "()Lio/github/jasyncio/Coroutine;";

    static final String START = "start";
    static final String START_IN_PLACE = "startInPlace";
    static final String RESUME = "resume";
    static final String RUN_DESCRIPTOR = "(Lio/github/jasyncio/internal/Execution;)Ljava/lang/Object;";

    static final String EXECUTION = "io/github/jasyncio/internal/Execution";
    static final String EXECUTION_DESCRIPTOR = "Lio/github/jasyncio/internal/Execution;";
    static final String REQUIRE_PROTOCOL = "requireProtocol";
    static final String REQUIRE_PROTOCOL_DESCRIPTOR = "(ILjava/lang/String;)V";
    static final String SUSPENDED = "SUSPENDED";
    static final String ENDED = "ENDED";
    static final String PRESENT = "present";
    static final String RESULT = "result";
    static final String RESULT_DESCRIPTOR = "()Ljava/lang/Object;";
    static final String AWAITED_DESCRIPTOR = "(Ljava/lang/Object;)Ljava/lang/Object;";
    static final String SUSPEND = "suspended";
    static final String SUSPEND_DESCRIPTOR = "(Lio/github/jasyncio/internal/Frame;)Ljava/lang/Object;";

    static final String STARTED_IN = "startedIn";
    static final String STARTED_IN_DESCRIPTOR =
            "(Lio/github/jasyncio/internal/Frame;Ljava/lang/Object;)Ljava/lang/Object;";

    static final String STAGES = "io/github/jasyncio/internal/Stages";
    static final String STAGES_START_DESCRIPTOR =
            "(Ljava/util/concurrent/CompletionStage;Lio/github/jasyncio/internal/Execution;)Ljava/lang/Object;";

    static final String EAGER_CALL = "io/github/jasyncio/internal/EagerCall";
    static final String EAGER_ANSWERED = "answered";
    static final String EAGER_ANSWERED_DESCRIPTOR =
            "(Ljava/lang/Object;Lio/github/jasyncio/internal/Execution;)Ljava/util/concurrent/CompletableFuture;";
    static final String EAGER_FAILED = "failed";
    static final String EAGER_FAILED_DESCRIPTOR = "(Ljava/lang/Throwable;)Ljava/util/concurrent/CompletableFuture;";

    static final String ENTRY_POINT = "io/github/jasyncio/internal/EntryPoint";
    static final String ENTRY_RUN = "run";
    static final String ENTRY_RUN_TEST = "runTest";
    static final String ENTRY_DESCRIPTOR = "(Lio/github/jasyncio/Coroutine;)V";

    static final String FRAME = "io/github/jasyncio/internal/Frame";
    static final String STATE = "state";
    static final String BEGIN = "begin";
    static final String ENTER = "enter";
    static final String LOCATION = "location";

    private CoreNames() {}
}
