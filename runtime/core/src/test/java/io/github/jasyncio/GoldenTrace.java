package io.github.jasyncio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs a Java twin of a Python program on a loop with virtual time and compares what it logs with what CPython logged.
 *
 * <p>The helpers are named as in the Python programs; {@code async def f(): ...} is {@code async(() -> ...)}, and {@code await} is {@link
 * #await}, both by {@link Sequential}.
 */
abstract class GoldenTrace {

    private final List<String> lines = new ArrayList<>();
    private final List<Sequential<?>> coroutines = new ArrayList<>();
    private @Nullable EventLoop loop;
    private boolean muted;

    /** A body without a value. */
    @FunctionalInterface
    interface Action {
        void run() throws Throwable;
    }

    /** A plain call that may fail. */
    @FunctionalInterface
    interface Call {
        @Nullable
        Object run() throws Throwable;
    }

    /** {@code run(main)}, then the comparison with {@code NAME.trace}. */
    final void check(String name, Action main) {
        EventLoop loop = EventLoop.builder().virtualTime().build();
        this.loop = loop;
        loop.setExceptionHandler((on, context) -> report(context));
        try {
            loop.runUntilComplete(asyncDo(main));
        } catch (Throwable t) {
            log("main raised", t);
        }
        muted = true;
        loop.close();
        List.copyOf(coroutines).forEach(Sequential::abandon);
        compare(name, String.join("\n", lines) + "\n");
    }

    private void report(Map<String, Object> context) {
        String message = String.valueOf(context.get("message"));
        if (message.endsWith("never retrieved") || message.equals("Task was destroyed but it is pending!")) {
            return; // depends on when garbage is collected
        }
        if (context.containsKey("exception")) {
            log("handler:", message, context.get("exception"));
        } else {
            log("handler:", message);
        }
    }

    private static void compare(String name, String actual) {
        String resource = "/conformance/" + name + ".trace";
        try (InputStream golden = GoldenTrace.class.getResourceAsStream(resource)) {
            assertThat(golden).as(resource).isNotNull();
            String expected = new String(golden.readAllBytes(), StandardCharsets.UTF_8);
            Path file = Path.of("target", "traces", name + ".actual");
            if (!actual.equals(expected)) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, actual);
            }
            assertThat(actual)
                    .as("golden: runtime/library/src/test/resources%s, actual: %s", resource, file)
                    .isEqualTo(expected);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    // ------------------------------------------------------------------------------------------------ helpers

    final <T> Coroutine<T> async(Sequential.Body<T> body) {
        Sequential<T> coroutine = new Sequential<>(body);
        coroutines.add(coroutine);
        return coroutine;
    }

    final Coroutine<Void> asyncDo(Action body) {
        return async(() -> {
            body.run();
            return null;
        });
    }

    static <T> T await(Awaitable<? extends T> awaitable) {
        return Sequential.<T>await(awaitable);
    }

    /** {@code async with timeout(...) as t:} with a body that is ordinary Java. */
    final <A, T> AsyncFunction<A, T> body(BodyOf<A, T> body) {
        return lent -> async(() -> body.run(lent));
    }

    /** The same without a value. */
    final <A> AsyncFunction<A, Void> bodyDo(ActionOn<A> body) {
        return lent -> asyncDo(() -> body.run(lent));
    }

    /** What a block does with what it is lent. */
    @FunctionalInterface
    interface BodyOf<A, T> {
        @Nullable
        T run(A lent) throws Throwable;
    }

    /** The same without a value. */
    @FunctionalInterface
    interface ActionOn<A> {
        void run(A lent) throws Throwable;
    }

    final void attempt(String what, Awaitable<?> awaitable) {
        Object value;
        try {
            value = await(awaitable);
        } catch (Throwable t) {
            log(what, "raised", t);
            return;
        }
        log(what, "->", value);
    }

    final void attemptCall(String what, Call call) {
        Object value;
        try {
            value = call.run();
        } catch (Throwable t) {
            log(what, "raised", t);
            return;
        }
        log(what, "->", value);
    }

    final void log(@Nullable Object... parts) {
        if (muted || loop == null) {
            return;
        }
        StringBuilder line = new StringBuilder().append(loop.time() / 1_000_000);
        for (Object part : parts) {
            line.append(' ').append(format(part));
        }
        lines.add(line.toString());
    }

    static Duration ms(long n) {
        return Duration.ofMillis(n);
    }

    static List<String> names(Collection<? extends Future<?>> futures) {
        return futures.stream().map(f -> ((Task<?>) f).getName()).sorted().collect(Collectors.toList());
    }

    static Task<?> me() {
        return Objects.requireNonNull(Asyncio.currentTask());
    }

    private static String format(@Nullable Object part) {
        if (part instanceof List<?> list) {
            return list.stream().map(GoldenTrace::format).collect(Collectors.joining(", ", "[", "]"));
        }
        if (part instanceof ExceptionGroup group) {
            return "ExceptionGroup" + format(group.exceptions());
        }
        if (part instanceof Throwable failure) {
            return format(failure);
        }
        if (part instanceof Task<?> task) {
            return task.getName();
        }
        return String.valueOf(part);
    }

    private static String format(Throwable failure) {
        if (failure instanceof Boom || failure instanceof CancelledError) {
            String message = failure.getMessage();
            return failure.getClass().getSimpleName() + (message == null || message.isEmpty() ? "" : ": " + message);
        }
        if (failure instanceof AsyncTimeoutException) {
            return "TimeoutError";
        }
        if (failure instanceof InvalidStateException) {
            return "InvalidStateError";
        }
        if (failure instanceof IllegalArgumentException) {
            return "ValueError";
        }
        if (failure instanceof ArithmeticException) {
            return "ZeroDivisionError";
        }
        if (failure instanceof IllegalStateException) {
            return "RuntimeError";
        }
        return failure.toString();
    }
}
