package io.github.jasyncio.testing;

import io.github.jasyncio.testing.junit.Settings;
import io.github.jasyncio.testing.junit.TestLoop;
import java.lang.reflect.Method;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Runs the async tests of a class, and what is done before and after each, on a loop of virtual time; {@link AsyncTest} brings it along.
 *
 * <p>On a class, {@code @Test @Async}, {@code @ParameterizedTest @Async}, {@code @RepeatedTest @Async} and {@code @TestTemplate @Async} methods run so,
 * too. Methods that are not async run as they would without it. Tests may run in parallel: each has a loop of its own.
 *
 * <p>A method that takes a {@link SimulatedNetwork} has its test run on that: one for each test, and for each order under which it runs, with the seed that
 * {@link AsyncTest#seed} says. The methods before and after may take it, too.
 */
public final class AsyncExtension
        implements BeforeEachCallback, AfterEachCallback, InvocationInterceptor, ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(AsyncExtension.class);

    /** For JUnit. */
    public AsyncExtension() {}

    private static @Nullable TestLoop loopOf(ExtensionContext context) {
        return context.getStore(NAMESPACE).get(TestLoop.class, TestLoop.class);
    }

    private static TestLoop required(ExtensionContext context) {
        return Objects.requireNonNull(loopOf(context), "a test without a loop (a bug in jasyncio)");
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(NAMESPACE).put(TestLoop.class, new TestLoop(Settings.of(context)));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        TestLoop loop = loopOf(context);
        if (loop != null) { // otherwise it was not even made, and that is what fails the test
            loop.end(context.getExecutionException().isPresent());
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SimulatedNetwork.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TestLoop loop = parameter.getDeclaringExecutable() instanceof Method ? loopOf(context) : null;
        if (loop == null) {
            throw new ParameterResolutionException("SimulatedNetwork in " + parameter.getDeclaringExecutable()
                    + ": a network is there for one test only; let the test itself take it, or a method with @BeforeEach or"
                    + " @AfterEach");
        }
        return loop.network();
    }

    @Override
    public void interceptBeforeAllMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        TestLoop.alone(Settings.of(context), invocation);
    }

    @Override
    public void interceptAfterAllMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        TestLoop.alone(Settings.of(context), invocation);
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        required(context).call(invocation);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        required(context).call(invocation);
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        required(context).test(invocation, method, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        required(context).test(invocation, method, context);
    }
}
