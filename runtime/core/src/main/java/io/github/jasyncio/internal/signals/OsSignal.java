package io.github.jasyncio.internal.signals;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Catches a signal of the operating system's until it is closed.
 *
 * <p>By {@code sun.misc.Signal} of the module {@code jdk.unsupported}, reached by reflection: javac cannot be told to accept it, and the module
 * may be missing.
 */
public final class OsSignal implements InvocationHandler, AutoCloseable {

    private final Runnable action;
    private final Method handle;
    private final Object signal;
    private final Object ours;
    private final Object ignored;
    private final Object before;
    private volatile boolean isClosed;

    private OsSignal(String name, Runnable action) throws ReflectiveOperationException {
        Class<?> signalClass = Class.forName("sun.misc.Signal");
        Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
        this.action = action;
        this.handle = signalClass.getMethod("handle", signalClass, handlerClass);
        this.signal = signalClass.getConstructor(String.class).newInstance(name);
        this.ignored = handlerClass.getField("SIG_IGN").get(null);
        this.ours = Proxy.newProxyInstance(OsSignal.class.getClassLoader(), new Class<?>[] {handlerClass}, this);
        this.before = handle(ours);
    }

    /**
     * Lets a signal run {@code action}, on a thread of the JVM's.
     *
     * @param name without {@code SIG}
     * @throws IllegalArgumentException if there is no such signal, or if it cannot be caught
     * @throws UnsupportedOperationException if this JVM knows no signals
     */
    public static OsSignal install(String name, Runnable action) {
        try {
            return new OsSignal(name, action);
        } catch (InvocationTargetException e) {
            Throwable why = e.getTargetException();
            throw new IllegalArgumentException("signal " + name + " cannot be caught: " + why.getMessage(), why);
        } catch (ReflectiveOperationException e) {
            throw new UnsupportedOperationException(
                    "signals cannot be caught in this JVM, the module jdk.unsupported is missing", e);
        }
    }

    /**
     * True if nobody else had set a handler before, and the process did not ignore the signal. (The JVM's handler is shown as a class of {@code
     * sun.misc} itself; an object of any other class was set by the program.)
     */
    public boolean wasTheJvms() {
        return before != ignored && before.getClass().getName().startsWith("sun.misc.Signal$");
    }

    /** Another one has taken its place, and will skip it when it goes back: so no signal slips through in between. */
    public void giveUp() {
        isClosed = true;
    }

    /** Goes back to the handler that was there before, unless somebody has set another one since. */
    @Override
    public void close() {
        isClosed = true;
        Object back = before;
        while (Proxy.isProxyClass(back.getClass())
                && Proxy.getInvocationHandler(back) instanceof OsSignal other
                && other.isClosed) {
            back = other.before;
        }
        try {
            Object now = handle(back);
            if (now != ours) {
                handle(now);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot restore the handler of " + signal, e);
        }
    }

    /** Sets a handler, and gives the one that was there. */
    private Object handle(Object handler) throws ReflectiveOperationException {
        return handle.invoke(null, signal, handler);
    }

    /** The handler that the JVM sees. */
    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "handle" -> {
                action.run();
                yield null;
            }
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "jasyncio's handler of " + signal;
        };
    }
}
