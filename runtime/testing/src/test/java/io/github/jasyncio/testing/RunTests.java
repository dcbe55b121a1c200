package io.github.jasyncio.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Runs single tests that are no tests of the build, because they are to fail. */
public final class RunTests {

    private RunTests() {}

    public static Events run(Class<?> type, String method) {
        Class<?>[] parameters = ReflectionSupport.findMethods(
                        type, found -> found.getName().equals(method), HierarchyTraversalMode.TOP_DOWN)
                .get(0)
                .getParameterTypes();
        String names =
                String.join(",", Arrays.stream(parameters).map(Class::getName).toList());
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(type, method, names))
                .execute()
                .testEvents();
    }

    /** What the only test fails with. */
    public static Throwable failureOf(Class<?> type, String method) {
        List<@Nullable Throwable> failures = run(type, method).failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElse(null))
                .toList();
        assertThat(failures).as(method + " fails").hasSize(1);
        Throwable failure = failures.get(0);
        return failure == null ? new AssertionError("no failure") : failure;
    }

    public static void succeeds(Class<?> type, String method) {
        run(type, method).assertStatistics(statistics -> statistics.succeeded(1).failed(0));
    }
}
