package io.github.jasyncio.testing;

import io.github.jasyncio.testing.junit.Settings;
import io.github.jasyncio.testing.junit.TestLoop;
import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
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

    private static TestLoop loopOf(ExtensionContext context) {
        return context.getStore(NAMESPACE).get(TestLoop.class, TestLoop.class);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(NAMESPACE).put(TestLoop.class, new TestLoop(Settings.of(context)));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        loopOf(context).end(context.getExecutionException().isPresent());
    }

    /** Of methods of one test: what is made before belongs to no loop. */
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SimulatedNetwork.class
                && context.getTestMethod().isPresent()
                && parameter.getDeclaringExecutable() instanceof Method;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return loopOf(context).network();
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
        loopOf(context).call(invocation);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        loopOf(context).call(invocation);
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        loopOf(context).test(invocation, method, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        loopOf(context).test(invocation, method, context);
    }
}
