package io.github.jasyncio;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Catches Ctrl-C (SIGINT) for a while.
 *
 * <p>By {@code sun.misc.Signal} of the module {@code jdk.unsupported}, reached by reflection: javac cannot be told to accept it, and where the
 * module is missing, or the JVM was started with {@code -Xrs}, signals simply stay what they were.
 */
final class InterruptSignal implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger("jasyncio");

    private final Method handle;
    private final Object signal;
    private final Object before;

    private InterruptSignal(Method handle, Object signal, Object before) {
        this.handle = handle;
        this.signal = signal;
        this.before = before;
    }

    /**
     * Lets Ctrl-C run {@code action}, on a thread of the JVM's, until this is closed. Only on the main thread, and only while the JVM's own handler
     * is in place: whoever has set another keeps it, and a process that was started with SIGINT ignored (a shell's background job) goes on
     * ignoring it. Semantics: what {@code asyncio.Runner} asks before it installs its handler.
     *
     * @return null if signals stay what they were
     */
    static @Nullable InterruptSignal install(Runnable action) {
        if (!isMainThread()) {
            return null;
        }
        try {
            Class<?> signalClass = Class.forName("sun.misc.Signal");
            Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
            Method handle = signalClass.getMethod("handle", signalClass, handlerClass);
            Object signal = signalClass.getConstructor(String.class).newInstance("INT");
            Object handler = Proxy.newProxyInstance(
                    InterruptSignal.class.getClassLoader(), new Class<?>[] {handlerClass}, new Handler(action));
            Object before = handle.invoke(null, signal, handler);
            Object ignored = handlerClass.getField("SIG_IGN").get(null);
            if (before == ignored || !isTheJvmsOwn(before)) {
                handle.invoke(null, signal, before);
                return null;
            }
            return new InterruptSignal(handle, signal, before);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "Ctrl-C cannot be caught in this JVM, and ends it as usual", e);
            return null;
        }
    }

    /** True on the thread that the java launcher starts {@code main} on. (Its number was 1 once; on JDK 25 it is 3.) */
    private static boolean isMainThread() {
        Thread thread = Thread.currentThread();
        ThreadGroup group = thread.getThreadGroup();
        return thread.getName().equals("main")
                && group != null
                && group.getName().equals("main");
    }

    /** The JVM's handler is shown as a class of {@code sun.misc} itself; an object of any other class was set by the program. */
    private static boolean isTheJvmsOwn(Object handler) {
        return handler.getClass().getName().startsWith("sun.misc.Signal$");
    }

    /** Gives Ctrl-C back to the JVM. */
    @Override
    public void close() {
        try {
            handle.invoke(null, signal, before);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot restore the handler of SIGINT", e);
        }
    }

    private static final class Handler implements InvocationHandler {

        private final Runnable action;

        Handler(Runnable action) {
            this.action = action;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
            return switch (method.getName()) {
                case "handle" -> {
                    action.run();
                    yield null;
                }
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "jasyncio's handler of SIGINT";
            };
        }
    }
}
