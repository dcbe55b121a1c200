package io.github.jasyncio.agent;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the agent its place among others, wherever it stands on the command line.
 *
 * <p>The JVM shows a class to transformers that cannot retransform first, and to those that can afterwards, each kind in the order in which the
 * agents were started. We have to stand between them. Coverage agents (JaCoCo) are of the first kind and know a class by its bytes: they must
 * see it as it was compiled, or their report knows nothing of it. Mocking agents (Mockito) are of the second: what they put into a method must run
 * when it is called, not when its coroutine runs. So ours is of the first kind, and started last: where other agents are there, too, it starts
 * itself once more, in the way in which the JVM starts the agent of an executable jar ({@code Launcher-Agent-Class}).
 */
public final class BehindOthers {

    // Static because the JVM has no other way to hand it over. Written before the call that asks for it returns, in the
    // same thread.
    private static @Nullable Instrumentation last;

    private BehindOthers() {}

    /** Called by the JVM when {@link #all} asks for it, and once for each {@code java -jar jasyncio-agent.jar}, where nothing comes of it. */
    public static void agentmain(@Nullable String text, Instrumentation instrumentation) {
        last = instrumentation;
    }

    /** The given one if this is the only agent on the command line, otherwise one whose transformers come behind those of the others. */
    static Instrumentation all(Instrumentation given) {
        try {
            if (isAlone(given)) {
                return given;
            }
            startAgain(given);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            Throwable cause = e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
            Reporter.error(
                    "the jasyncio agent keeps its place among the agents: coverage agents that are named behind it see rewritten classes."
                            + " Name it last: -javaagent:jacoco.jar -javaagent:jasyncio-agent.jar",
                    cause);
        }
        return last == null ? given : last;
    }

    private static boolean isAlone(Instrumentation given) throws ReflectiveOperationException {
        // What java.lang.management would say after loading a hundred classes.
        Method arguments = internal(given, Object.class.getModule(), "jdk.internal.misc.VM", "getRuntimeArguments");
        int agents = 0;
        for (String argument : (String[]) arguments.invoke(null)) {
            if (argument.startsWith("-javaagent:")) {
                agents++;
            }
        }
        return agents <= 1;
    }

    private static void startAgain(Instrumentation given) throws ReflectiveOperationException {
        Module instrument = Instrumentation.class.getModule();
        Method loadAgent = internal(given, instrument, "sun.instrument.InstrumentationImpl", "loadAgent", String.class);
        Path jar = Path.of(java.net.URI.create(BehindOthers.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
        loadAgent.invoke(null, jar.toString());
    }

    private static Method internal(
            Instrumentation given, Module module, String className, String methodName, Class<?>... parameters)
            throws ReflectiveOperationException {
        String packageName = className.substring(0, className.lastIndexOf('.'));
        Set<Module> us = Set.of(BehindOthers.class.getModule());
        given.redefineModule(module, Set.of(), Map.of(packageName, us), Map.of(), Set.of(), Map.of());
        return Class.forName(className).getMethod(methodName, parameters);
    }
}
