package io.github.jasyncio.testing.junit;

import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Runner;
import io.github.jasyncio.internal.EntryPoint;
import io.github.jasyncio.testing.Exploration;
import io.github.jasyncio.testing.Leftover;
import io.github.jasyncio.testing.Search;
import io.github.jasyncio.testing.SimulatedNetwork;
import io.github.jasyncio.testing.exploration.Explorer;
import io.github.jasyncio.testing.exploration.OutOfTime;
import io.github.jasyncio.testing.exploration.Rules;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExecutableInvoker;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * A test that runs under many orders: each time with an instance of its own, made as JUnit makes it, and with the methods before and after. What other
 * extensions have put into fields of JUnit's instance (mocks, say) is put into the fields of each.
 */
final class ExploredTest {

    private static final int MOST_STEPS = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Settings settings;
    private final ReflectiveInvocationContext<Method> test;
    private final ExtensionContext context;
    private final ExecutableInvoker invoker;
    private final TestNetwork network;
    private final long begin = System.nanoTime();
    private int runs;

    ExploredTest(
            Settings settings,
            ReflectiveInvocationContext<Method> test,
            ExtensionContext context,
            TestNetwork network) {
        this.settings = settings;
        this.test = test;
        this.context = context;
        this.network = network;
        this.invoker = context.getExecutableInvoker();
    }

    void run() {
        Rules rules = new Rules(
                settings.reordering(),
                MOST_STEPS,
                patience(),
                () -> new SimulatedNetwork(settings.seed()),
                null,
                false, // looked for below, with all else
                !settings.mayLeave().contains(Leftover.FAILURES));
        Explorer explorer = new Explorer(this::once, rules, settings.schedules(), settings.seed(), Search.AUTOMATIC, 1);
        String replay = settings.replay();
        Exploration exploration = replay == null ? explorer.explore() : explorer.replay(replay);
        exploration.assertNoFailures();
    }

    private Duration patience() {
        // Who waits in vain does so a few times: when he is found, and when that is repeated.
        Duration part = settings.realTimeout().dividedBy(5);
        return part.compareTo(PATIENCE) < 0 ? part : PATIENCE;
    }

    /** How much real time is left of what all orders have together. */
    private Duration timeLeft() {
        Duration left = settings.realTimeout().minusNanos(System.nanoTime() - begin);
        if (left.isNegative() || left.isZero()) {
            throw new OutOfTime("the test has run under " + runs + " orders, and not ended after "
                    + settings.realTimeout().toMillis() / 1000.0
                    + " s of real time; say fewer schedules, or a longer realTimeout");
        }
        return left;
    }

    /** One run, all of it on one loop. */
    private void once(Runner runner, SimulatedNetwork simulated) throws Throwable {
        network.become(simulated);
        Duration timeLeft = timeLeft();
        runs++;
        Consumer<Coroutine<?>> before =
                EntryPoint.runTestsBy(body -> runner.run(VirtualTimeLimit.on(body, settings.timeout())));
        try (RealTimeLimit limit = RealTimeLimit.begin(timeLeft, runner.loop())) {
            limit.run(() -> all(simulated));
        } finally {
            EntryPoint.runTestsBy(before);
        }
        LeftBehind left = new LeftBehind(settings.mayLeave());
        left.look(runner.loop(), Views.of(runner.loop()));
        left.check();
    }

    /** With the network of this run in place of the one that was there when JUnit called. */
    private Object[] arguments(SimulatedNetwork simulated) {
        return test.getArguments().stream()
                .map(argument -> argument instanceof SimulatedNetwork ? simulated : argument)
                .toArray();
    }

    private void all(SimulatedNetwork simulated) throws Throwable {
        Object instance = newInstance();
        Class<?> type = instance.getClass();
        for (Method method : methods(type, BeforeEach.class, HierarchyTraversalMode.TOP_DOWN)) {
            invoker.invoke(method, instance);
        }
        Throwable failure = null;
        try {
            ReflectionSupport.invokeMethod(test.getExecutable(), instance, arguments(simulated));
        } catch (Throwable t) {
            failure = t;
        }
        for (Method method : methods(type, AfterEach.class, HierarchyTraversalMode.BOTTOM_UP)) {
            failure = afterwards(method, instance, failure);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private @Nullable Throwable afterwards(Method method, Object instance, @Nullable Throwable failure) {
        try {
            invoker.invoke(method, instance);
            return failure;
        } catch (Throwable t) {
            if (failure == null) {
                return t;
            }
            failure.addSuppressed(t);
            return failure;
        }
    }

    private static List<Method> methods(
            Class<?> type, Class<? extends java.lang.annotation.Annotation> annotation, HierarchyTraversalMode order) {
        return AnnotationSupport.findAnnotatedMethods(type, annotation, order);
    }

    private Object newInstance() throws ReflectiveOperationException {
        List<Object> instances = context.getRequiredTestInstances().getAllInstances();
        Object outer = instances.size() > 1 ? instances.get(instances.size() - 2) : null;
        Object model = context.getRequiredTestInstance();
        Constructor<?>[] constructors = model.getClass().getDeclaredConstructors();
        Object instance = outer == null || Modifier.isStatic(model.getClass().getModifiers())
                ? invoker.invoke(constructors[0])
                : invoker.invoke(constructors[0], outer);
        for (Class<?> type = model.getClass(); type != Object.class && type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                inherit(field, model, instance);
            }
        }
        return instance;
    }

    /** Extensions fill fields that are annotated, and that are null otherwise. */
    private void inherit(Field field, Object model, Object instance) throws ReflectiveOperationException {
        if (Modifier.isStatic(field.getModifiers())
                || field.getType().isPrimitive()
                || field.getAnnotations().length == 0) {
            return;
        }
        field.setAccessible(true);
        if (field.get(instance) == null) {
            field.set(instance, field.get(model));
        }
    }
}
