package io.github.jasyncio.transform.harness;

import io.github.jasyncio.Coroutine;
import io.github.jasyncio.internal.EntryPoint;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Classes ready to run, rewritten or as the synchronous twin. */
public final class Program {

    private final ClassFiles sources;
    private final ClassLoader loader;
    private final boolean synchronous;

    private Program(ClassFiles sources, ClassFiles output, boolean synchronous) {
        this.sources = sources;
        this.synchronous = synchronous;
        this.loader = new ChildFirstLoader(output);
        output.names().forEach(this::link);
    }

    /** The classes as their synchronous twins. */
    static Program twin(ClassFiles classes) {
        return new Program(classes, Twin.of(classes), true);
    }

    /** The classes rewritten. */
    public static Program rewritten(ClassFiles classes) {
        return new Program(classes, Rewriting.of(classes), false);
    }

    /** Makes the virtual machine verify the class. */
    private void link(String className) {
        try {
            ClassFiles.link(className, loader);
        } catch (LinkageError e) {
            throw new AssertionError(className + " does not link: " + e.getMessage(), e);
        }
    }

    /** Runs it once. The twin is driven in one way only. */
    Outcome run(Construct construct, Schedule schedule, Start start) {
        Run run = new Run(schedule, start, synchronous, Program::nestedCoroutines);
        Probes.enter(run);
        try {
            Coroutine<?> coroutine = call(construct);
            if (!synchronous && !run.log().isEmpty()) {
                throw new AssertionError("calling " + construct + " ran some of it: " + run.log());
            }
            return outcome(coroutine, run, start);
        } catch (InvocationTargetException e) {
            if (!synchronous) {
                throw new AssertionError("calling " + construct + " threw", e.getTargetException());
            }
            return Outcome.threw(e.getTargetException(), run, sources);
        } finally {
            Probes.enter(null);
        }
    }

    private Outcome outcome(Coroutine<?> coroutine, Run run, Start start) {
        try {
            Object value = start == Start.AS_TASK && !synchronous
                    ? LoopDriver.drive(coroutine, run)
                    : Driver.drive(coroutine, run, start == Start.IN_PLACE);
            return Outcome.returned(value, run);
        } catch (Throwable e) {
            // Not swallowed: compared with what the other program threw.
            return Outcome.threw(e, run, sources);
        }
    }

    /** Calls the construct, which for a rewritten one runs nothing yet. */
    Coroutine<?> call(Construct construct) throws InvocationTargetException {
        try {
            Class<?> target = Class.forName(construct.className(), true, loader);
            Method method = target.getDeclaredMethod(construct.methodName());
            method.setAccessible(true);
            Object receiver = null;
            if (!Modifier.isStatic(method.getModifiers())) {
                Constructor<?> constructor = target.getDeclaredConstructor();
                constructor.setAccessible(true);
                receiver = constructor.newInstance();
            }
            return Construct.isTest(method) ? bodyOfTest(method, receiver) : (Coroutine<?>) method.invoke(receiver);
        } catch (InvocationTargetException e) {
            throw e;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a test hands over to be run; nothing, of the twin, because that has run already. */
    private static Coroutine<?> bodyOfTest(Method method, @Nullable Object receiver)
            throws ReflectiveOperationException {
        List<Coroutine<?>> bodies = new ArrayList<>(List.of(Coroutine.done()));
        Consumer<Coroutine<?>> before = EntryPoint.runTestsBy(bodies::add);
        try {
            method.invoke(receiver);
        } finally {
            EntryPoint.runTestsBy(before);
        }
        return bodies.get(bodies.size() - 1);
    }

    private static NestedCoroutines nestedCoroutines() {
        return Nested.INSTANCE;
    }

    private static final class Nested {
        static final NestedCoroutines INSTANCE = load();
    }

    private static NestedCoroutines load() {
        String implementation = NestedCoroutines.class.getPackageName() + ".RewrittenNestedCoroutines";
        ClassFiles classes = Rewriting.of(
                ClassFiles.ofPackage(NestedCoroutines.class.getPackageName()).filter(implementation::equals));
        try {
            return Class.forName(implementation, true, new ChildFirstLoader(classes))
                    .asSubclass(NestedCoroutines.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
