package io.github.jasyncio.testing.junit;

import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Runner;
import io.github.jasyncio.internal.EntryPoint;
import io.github.jasyncio.testing.Exploration;
import io.github.jasyncio.testing.Leftover;
import io.github.jasyncio.testing.Search;
import io.github.jasyncio.testing.SimulatedNetwork;
import io.github.jasyncio.testing.exploration.EndOfExploration.Aborted;
import io.github.jasyncio.testing.exploration.EndOfExploration.OutOfTime;
import io.github.jasyncio.testing.exploration.Explorer;
import io.github.jasyncio.testing.exploration.LastSteps;
import io.github.jasyncio.testing.exploration.Rules;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExecutableInvoker;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.opentest4j.TestAbortedException;

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
        try {
            Exploration exploration = replay == null ? explorer.explore() : explorer.replay(replay);
            exploration.assertNoFailures();
        } catch (Aborted e) {
            throw Rethrow.<RuntimeException>asIs(Objects.requireNonNull(e.getCause()));
        }
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
            throw outOfTime(null);
        }
        return left;
    }

    private OutOfTime outOfTime(@Nullable Throwable cause) {
        return new OutOfTime(
                "the test has run under " + runs + " orders, and not ended after "
                        + settings.realTimeout().toMillis() / 1000.0
                        + " s of real time; say fewer schedules, or a longer realTimeout",
                cause);
    }

    /** One run, all of it on one loop. */
    private void once(Runner runner, SimulatedNetwork simulated) throws Throwable {
        network.become(simulated);
        Duration timeLeft = timeLeft();
        runs++;
        Consumer<Coroutine<?>> before =
                EntryPoint.runTestsBy(body -> runner.run(VirtualTimeLimit.on(body, settings.timeout())));
        try (RealTimeLimit limit = RealTimeLimit.begin(timeLeft, runner.loop())) {
            limit.run(() -> {
                all(simulated);
                runner.run(LastSteps.take());
            });
        } catch (TestAbortedException e) {
            throw new Aborted(e);
        } catch (RealTimeLimit.Exceeded e) {
            if (timeLeft.compareTo(settings.realTimeout().dividedBy(2)) < 0) {
                throw outOfTime(e); // it is not this run that has taken it
            }
            throw e;
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
        List<Object> instances = instances();
        for (Object instance : instances) {
            for (Method method : methods(instance, BeforeEach.class, HierarchyTraversalMode.TOP_DOWN)) {
                invoker.invoke(method, instance);
            }
        }
        Throwable failure = null;
        try {
            ReflectionSupport.invokeMethod(
                    test.getExecutable(), instances.get(instances.size() - 1), arguments(simulated));
        } catch (Throwable t) {
            failure = t;
        }
        for (int i = instances.size() - 1; i >= 0; i--) {
            Object instance = instances.get(i);
            for (Method method : methods(instance, AfterEach.class, HierarchyTraversalMode.BOTTOM_UP)) {
                failure = afterwards(method, instance, failure);
            }
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
            Object instance, Class<? extends Annotation> annotation, HierarchyTraversalMode order) {
        return AnnotationSupport.findAnnotatedMethods(instance.getClass(), annotation, order);
    }

    /** The instances of this run, those of the outer classes first; JUnit's own if the user wants one for all tests of the class. */
    private List<Object> instances() throws ReflectiveOperationException {
        List<Object> models = context.getRequiredTestInstances().getAllInstances();
        if (context.getTestInstanceLifecycle()
                .filter(lifecycle -> lifecycle == TestInstance.Lifecycle.PER_CLASS)
                .isPresent()) {
            return models;
        }
        List<Object> instances = new ArrayList<>();
        for (Object model : models) {
            instances.add(newInstance(model, instances.isEmpty() ? null : instances.get(instances.size() - 1)));
        }
        return instances;
    }

    private Object newInstance(Object model, @Nullable Object outer) throws ReflectiveOperationException {
        Constructor<?> constructor = model.getClass().getDeclaredConstructors()[0];
        Object instance = outer == null ? invoker.invoke(constructor) : invoker.invoke(constructor, outer);
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
