package io.github.jasyncio.reports;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Async;
import io.github.jasyncio.Asyncio;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.ExceptionGroup;
import io.github.jasyncio.Future;
import io.github.jasyncio.Handle;
import io.github.jasyncio.KeyboardInterrupt;
import io.github.jasyncio.Runner;
import io.github.jasyncio.Task;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What users' objects do when they are asked what they are must not stop who reports of them. */
@NullUnmarked // null is what some of them answer
class HostileObjectsTest {

    /** Every method of an exception that can be overridden, overridden by one that fails, or has no end, or gives nothing. */
    private static final class Hostile extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final String method;

        Hostile(String method) {
            super("hostile", null, true, true);
            this.method = method;
        }

        private void attack(String called) {
            if (method.equals(called)) {
                throw new Hostile(method);
            }
            if (method.equals(called + " with an Error")) {
                throw new StackOverflowError("not really");
            }
        }

        @Override
        @SuppressWarnings({"OverrideThrowableToString", "ToStringReturnsNull"}) // that is what is attacked
        public String toString() {
            attack("toString");
            return method.equals("toString gives null") ? null : "Hostile: " + method;
        }

        @Override
        public String getMessage() {
            attack("getMessage");
            return super.getMessage();
        }

        @Override
        public String getLocalizedMessage() {
            attack("getLocalizedMessage");
            return super.getLocalizedMessage();
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            attack("getStackTrace");
            return method.equals("getStackTrace gives null") ? null : super.getStackTrace();
        }

        @Override
        public void setStackTrace(StackTraceElement[] trace) {
            attack("setStackTrace");
            super.setStackTrace(trace);
        }

        @Override
        public void printStackTrace(PrintStream out) {
            attack("printStackTrace");
            super.printStackTrace(out);
        }

        @Override
        public void printStackTrace(PrintWriter out) {
            attack("printStackTrace");
            super.printStackTrace(out);
        }

        @Override
        public synchronized Throwable getCause() {
            attack("getCause");
            return method.equals("getCause has no end") ? new Hostile(method) : super.getCause();
        }
    }

    static Stream<Named<Throwable>> failures() {
        return Stream.of(
                        "toString",
                        "toString with an Error",
                        "toString gives null",
                        "getMessage",
                        "getMessage with an Error",
                        "getLocalizedMessage",
                        "getStackTrace",
                        "getStackTrace with an Error",
                        "getStackTrace gives null",
                        "setStackTrace",
                        "printStackTrace",
                        "printStackTrace with an Error",
                        "getCause",
                        "getCause with an Error",
                        "getCause has no end")
                .flatMap(method -> Stream.of(
                        Named.of(method, new Hostile(method)),
                        Named.of("as a cause, " + method, new IllegalStateException("outer", new Hostile(method))),
                        Named.of("in a group, " + method, new ExceptionGroup("group", List.of(new Hostile(method))))));
    }

    private final EventLoop loop = EventLoop.builder().virtualTime().build();
    private final List<String> logged = new ArrayList<>();
    private final Logger logger = Logger.getLogger("jasyncio");

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            StringBuilder text = new StringBuilder(record.getMessage());
            Throwable thrown = record.getThrown();
            if (thrown != null) {
                java.io.StringWriter trace = new java.io.StringWriter();
                thrown.printStackTrace(new PrintWriter(trace));
                text.append('\n').append(thrown.getStackTrace().length > 0).append(trace);
            }
            logged.add(text.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        Asyncio.setEventLoop(loop);
    }

    @AfterEach
    void listen_no_more() {
        Asyncio.setEventLoop(null);
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
        loop.close();
    }

    @Async
    private static Coroutine<Integer> fails(Throwable failure) {
        await(sleep(Duration.ZERO));
        throw HostileObjectsTest.<RuntimeException>sneaky(failure);
    }

    @Async
    private static Coroutine<Integer> failsWhenCancelled(Throwable failure) {
        try {
            await(sleep(Duration.ofDays(1)));
        } catch (CancelledError e) {
            throw HostileObjectsTest.<RuntimeException>sneaky(failure);
        }
        return Coroutine.of(0);
    }

    @Async
    private static Coroutine<Integer> awaits(Awaitable<Integer> awaitable) {
        return Coroutine.of(await(awaitable));
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the compiler is to believe that it is unchecked
    private static <E extends Throwable> E sneaky(Throwable failure) throws E {
        throw (E) failure;
    }

    private static final class Boom extends RuntimeException {

        private static final long serialVersionUID = 1;

        Boom(String message) {
            super(message);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void a_failure_is_reported_and_the_loop_goes_on(Throwable failure) {
        loop.callSoon(() -> {
            throw HostileObjectsTest.<RuntimeException>sneaky(failure);
        });
        loop.createTask(fails(failure), "fails");
        Task<Integer> other = loop.createTask(sleep(Duration.ofSeconds(1), 1));

        assertThat(loop.runUntilComplete(other)).isEqualTo(1);
        loop.close();

        assertThat(loop.isClosed()).isTrue();
        assertThat(logged).hasSize(2);
        assertThat(logged.get(0)).startsWith("Exception in callback lambda in");
        assertThat(logged.get(1)).startsWith("Task exception was never retrieved\nfuture: <Task finished name='fails'");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void a_failure_arrives_as_it_is(Throwable failure) {
        Task<Integer> outer = loop.createTask(awaits(loop.createTask(fails(failure))));

        assertThatThrownBy(() -> loop.runUntilComplete(outer))
                .satisfies(thrown -> assertThat(thrown == failure).isTrue());
        assertThat(outer.toString()).startsWith("<Task finished name=");
        outer.printStack(new PrintStream(java.io.OutputStream.nullOutputStream()));
        assertThat(outer.getStack()).isNotNull();
        assertThat(logged).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void a_handler_that_fails_with_it_is_reported(Throwable failure) {
        loop.setExceptionHandler((lp, context) -> {
            throw HostileObjectsTest.<RuntimeException>sneaky(failure);
        });
        loop.createFuture().setException(failure);
        loop.createTask(fails(new Boom("pending")), "pending");

        loop.close();

        assertThat(loop.isClosed()).isTrue();
        assertThat(logged)
                .hasSize(2)
                .allMatch(line -> line.startsWith("Unhandled error in exception handler\ncontext: "));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void a_runner_reports_it_and_closes(Throwable failure) {
        try (Runner runner = new Runner()) {
            assertThat((Object) runner.run(leaves(failure))).isEqualTo(7);
        }

        assertThat(logged).hasSize(1);
        assertThat(logged.get(0)).startsWith("unhandled exception during asyncio.run() shutdown\ntask: <Task finished");
    }

    @Async
    private static Coroutine<Integer> leaves(Throwable failure) {
        Task<Integer> left = createTask(failsWhenCancelled(failure));
        await(sleep(Duration.ZERO));
        return Coroutine.of(left.isDone() ? 0 : 7);
    }

    @Test
    void a_log_line_shows_what_can_be_known_of_a_failure() {
        loop.createFuture().setException(new IllegalStateException("outer", new Hostile("getMessage")));
        loop.close();

        assertThat(logged.get(0))
                .contains("java.lang.IllegalStateException: outer\n\tat " + HostileObjectsTest.class.getName()
                        + ".a_log_line")
                .contains("Caused by: Hostile: getMessage\n\tat " + HostileObjectsTest.class.getName());
    }

    @Test
    void a_logger_that_fails_stops_nothing() {
        logger.removeHandler(handler);
        Handler failing = new Handler() {
            @Override
            public void publish(LogRecord record) {
                throw new LinkageError("no logger");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(failing);
        PrintStream err = System.err;
        java.io.ByteArrayOutputStream written = new java.io.ByteArrayOutputStream();
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        try {
            loop.callSoon(() -> {
                throw new Boom("b");
            });
            loop.createFuture().setException(new Boom("f"));
            loop.stop();
            loop.runForever();
            loop.close();
        } finally {
            System.setErr(err);
            logger.removeHandler(failing);
        }

        assertThat(loop.isClosed()).isTrue();
        assertThat(written.toString(StandardCharsets.UTF_8))
                .contains("Exception in callback", "Boom: b", "Future exception was never retrieved", "no logger");
    }

    /** Values, callbacks and contexts of the user's. */
    private static final class Nameless implements Runnable, Consumer<Object> {

        @Override
        public String toString() {
            throw new LinkageError("has no text");
        }

        @Override
        public void run() {
            throw new Boom("run");
        }

        @Override
        public void accept(Object ignored) {
            throw new Boom("accept");
        }
    }

    @Test
    void objects_without_a_text_are_named_by_their_class() {
        Nameless nameless = new Nameless();
        Future<Object> future = loop.createFuture();
        future.addDoneCallback(nameless);
        assertThat(future).hasToString("<Future pending cb=[<" + Nameless.class.getName() + " instance>]>");

        Handle handle = loop.callSoon(nameless);
        assertThat(handle).hasToString("<Handle <" + Nameless.class.getName() + " instance>>");
        future.setResult(nameless);
        assertThat(future)
                .hasToString("<Future finished result=<io.github.jasyncio.reports....bjectsTest$Nameless instance>>");
        loop.callExceptionHandler(Map.of("message", "mine", "thing", nameless, "list", List.of(nameless)));
        loop.stop();
        loop.runForever();

        assertThat(logged).hasSize(3);
        assertThat(logged.get(0)).startsWith("mine\nlist: <java.util.ImmutableCollections$List12 instance>\nthing: <");
        assertThat(logged.get(1)).startsWith("Exception in callback <" + Nameless.class.getName() + " instance>");
        assertThat(logged.get(2)).startsWith("Exception in callback <" + Nameless.class.getName() + " instance>");
    }

    @Test
    void texts_have_an_end() {
        List<Object> circle = new ArrayList<>();
        circle.add(new Object() {
            @Override
            public String toString() {
                return circle.toString();
            }
        });
        Future<Object> circular = loop.createFuture();
        circular.setResult(circle);
        Future<Object> large = loop.createFuture();
        large.setResult(Collections.nCopies(Integer.MAX_VALUE, "element"));
        Future<Object> failed = loop.createFuture();
        failed.setException(new Boom("b".repeat(1_000_000)));

        assertThat(circular).hasToString("<Future finished result=<java.util.ArrayList instance>>");
        assertThat(large.toString())
                .startsWith("<Future finished result=[element, element, element, ...")
                .endsWith(" in all]>");
        assertThat(failed.toString()).hasSizeLessThan(1100);
        loop.createTask(Coroutine.of(1), "n".repeat(1_000_000));
        assertThat(Asyncio.allTasks(loop).get(0).toString()).hasSizeLessThan(1100);
        failed.exception();
        loop.runUntilComplete(sleep(Duration.ZERO));
    }

    @Test
    void a_loop_is_closed_whatever_its_handler_does() {
        List<String> reports = new ArrayList<>();
        loop.setExceptionHandler((lp, context) -> {
            reports.add((String) context.get("message"));
            lp.createFuture().setException(new Boom("again"));
            lp.close();
        });
        loop.createFuture().setException(new Boom("first"));
        loop.createTask(fails(new Boom("pending")));

        loop.close();

        assertThat(loop.isClosed()).isTrue();
        assertThat(reports).hasSize(3);
        EventLoop interrupted = Asyncio.newEventLoop();
        interrupted.setExceptionHandler((lp, context) -> {
            throw new KeyboardInterrupt("in the handler");
        });
        interrupted.createFuture().setException(new Boom("first"));
        assertThatThrownBy(interrupted::close).isInstanceOf(KeyboardInterrupt.class);
        assertThat(interrupted.isClosed()).isTrue();
    }
}
