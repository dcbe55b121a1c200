package io.github.jasyncio.generators;

import static io.github.jasyncio.Asyncio.allTasks;
import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.runCoroutineThreadsafe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;

/** Runs a class of the Reactive Streams compatibility kit, which is written for TestNG, in a JUnit test. */
final class TckRun {

    private TckRun() {}

    /**
     * Runs all its tests.
     *
     * @param least how many of them are not skipped, at least: the kit skips what it cannot test, or what is optional and does not apply
     * @return a test for each, and one for all of them
     */
    static Stream<DynamicTest> of(Class<?> tests, int least) {
        TestListenerAdapter results = new TestListenerAdapter();
        TestNG testNg = new TestNG(false);
        testNg.setVerbose(0);
        testNg.setTestClasses(new Class<?>[] {tests});
        testNg.addListener(results);

        testNg.run();

        Stream<DynamicTest> each = Stream.of(
                        results.getConfigurationFailures(),
                        results.getFailedTests(),
                        results.getSkippedTests(),
                        results.getPassedTests())
                .flatMap(List::stream)
                .map(result -> dynamicTest(result.getName(), () -> come(result)));
        return Stream.concat(
                each,
                Stream.of(dynamicTest(
                        "enough were run",
                        () -> assertThat(results.getPassedTests()).hasSizeGreaterThanOrEqualTo(least))));
    }

    private static void come(ITestResult result) throws Throwable {
        Throwable failure = result.getThrowable();
        assumeFalse(result.getStatus() == ITestResult.SKIP, () -> failure == null ? "skipped" : failure.getMessage());
        if (failure != null) {
            throw failure;
        }
    }

    /** A loop on a thread of its own. */
    static final class Background {

        private final EventLoop loop = EventLoop.builder().build();
        private final Thread thread = new Thread(loop::runForever, "tck loop");

        Background() {
            thread.setDaemon(true);
            thread.start();
        }

        EventLoop loop() {
            return loop;
        }

        /** Calls on the loop's thread. */
        <T> T call(Callable<T> callable) {
            return runCoroutineThreadsafe(async(() -> Coroutine.of(callable.call())), loop)
                    .join();
        }

        /** Ends it, and fails if a task is left. */
        void end() throws InterruptedException {
            List<?> left = call(() -> allTasks(loop).stream()
                    .filter(task -> task != currentTask())
                    .toList());
            loop.callSoonThreadsafe(loop::stop);
            thread.join();
            loop.close();
            assertThat(left).as("tasks left behind").isEmpty();
        }
    }
}
