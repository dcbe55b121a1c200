package io.github.jasyncio.internal;

import io.github.jasyncio.Asyncio;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.KeyboardInterrupt;
import io.github.jasyncio.internal.signals.InterruptedProgram;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the bodies of {@code @Async void} methods, which are where programs and tests begin: nobody awaits them, so they run to their end before the method
 * returns.
 *
 * <p>What a test framework's extension wants instead, it says for its thread: its own loop, say. Thread-safe.
 */
public final class EntryPoint {

    private static final ThreadLocal<@Nullable Consumer<Coroutine<?>>> TEST_RUNNER = new ThreadLocal<>();

    private EntryPoint() {}

    /** For rewritten code: runs the body of {@code main}. After Ctrl-C the program's exit code is 130, unless somebody catches what is thrown. */
    public static void run(Coroutine<?> body) {
        try {
            Asyncio.run(body);
        } catch (KeyboardInterrupt e) {
            InterruptedProgram.endsBy(e);
            throw e;
        }
    }

    /** For rewritten code: runs the body of a test, or of what is done before and after tests. */
    public static void runTest(Coroutine<?> body) {
        Consumer<Coroutine<?>> runner = TEST_RUNNER.get();
        if (runner == null) {
            Asyncio.run(body);
        } else {
            runner.accept(body);
        }
    }

    /**
     * Says who runs tests that are called on this thread from now on.
     *
     * @param runner runs a coroutine to its end and throws its failure, the very same object; null for {@link Asyncio#run}, as it was at first
     * @return who ran them before, for the caller to put back
     */
    public static @Nullable Consumer<Coroutine<?>> runTestsBy(@Nullable Consumer<Coroutine<?>> runner) {
        Consumer<Coroutine<?>> before = TEST_RUNNER.get();
        if (runner == null) {
            TEST_RUNNER.remove();
        } else {
            TEST_RUNNER.set(runner);
        }
        return before;
    }
}
