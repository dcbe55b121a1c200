package io.github.jasyncio;

import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A set of values of {@link ContextVar context variables}. Each task runs in one of its own, each callback in that of who registered it.
 *
 * <p>Semantics: {@code contextvars.Context}. Copying one takes constant time. A context can be entered once at a time; not thread-safe.
 */
public final class Context {

    VarMap vars;

    /** What stood for it while it was no object, see {@link ThreadState#home}; itself if it has always been one. */
    private final Object home;

    // false --enter--> true --exit--> false
    private boolean isEntered;

    /** A context in which no variable has a value. Semantics: {@code contextvars.Context()}. */
    public Context() {
        this(VarMap.EMPTY);
    }

    Context(VarMap vars) {
        this(vars, null);
    }

    Context(VarMap vars, @Nullable Object home) {
        this.vars = vars;
        this.home = home == null ? this : home;
    }

    Object home() {
        return home;
    }

    /** A copy of the current context. Semantics: {@code contextvars.copy_context}. */
    public static Context copyContext() {
        return new Context(ThreadState.currentVars());
    }

    /** The copy of the current context in which a call of the eager kind goes on. Its tokens stay good. */
    static Context goingOn() {
        ThreadState thread = ThreadState.current();
        return new Context(thread.vars, thread.home());
    }

    /** A copy of this context, which shares nothing with it from now on. Semantics: {@code Context.copy}. */
    public Context copy() {
        return new Context(vars);
    }

    /**
     * The value that a variable has in this context.
     *
     * @throws NoSuchElementException if it has none here, even when it has a default. Semantics: {@code context[var]}
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // only values of type T are set; T may be nullable
    public <T> T get(ContextVar<T> variable) {
        Object value = vars.get(variable);
        if (value == VarMap.ABSENT) {
            throw new NoSuchElementException(variable + " has no value in " + this);
        }
        return (T) value;
    }

    /**
     * The value that a variable has in this context, or {@code otherwise}. Semantics: {@code context.get(var, default)}.
     *
     * @param otherwise the answer if it has none
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // only values of type T are set; T may be nullable
    public <T> @Nullable T get(ContextVar<T> variable, @Nullable T otherwise) {
        Object value = vars.get(variable);
        return value == VarMap.ABSENT ? otherwise : (T) value;
    }

    /** True if the variable has a value in this context. Semantics: {@code var in context}. */
    public boolean contains(ContextVar<?> variable) {
        return vars.get(variable) != VarMap.ABSENT;
    }

    /** How many variables have a value in this context. Semantics: {@code len(context)}. */
    public int size() {
        return vars.size();
    }

    /**
     * Runs {@code work} with this context as the current one; what it sets stays in this context.
     *
     * <p>Semantics: {@code Context.run}.
     *
     * @throws IllegalStateException if this context has been entered already
     */
    public void run(Runnable work) {
        ThreadState thread = ThreadState.current();
        Context outerContext = thread.outer();
        VarMap outerVars = thread.vars;
        thread.enter(this);
        try {
            work.run();
        } finally {
            thread.leave(outerVars, outerContext);
            thread.forgetIfEmpty();
        }
    }

    /**
     * Runs {@code work} with this context as the current one, and gives its value; what it sets stays in this context.
     *
     * <p>Semantics: {@code Context.run}.
     *
     * @param <X> what it throws; inferred, so a lambda that throws nothing checked needs no {@code try}
     * @throws X what {@code work} throws
     * @throws IllegalStateException if this context has been entered already
     */
    public <T, X extends Throwable> T run(Work<T, X> work) throws X {
        ThreadState thread = ThreadState.current();
        Context outerContext = thread.outer();
        VarMap outerVars = thread.vars;
        thread.enter(this);
        try {
            return work.call();
        } finally {
            thread.leave(outerVars, outerContext);
            thread.forgetIfEmpty();
        }
    }

    void enter() {
        if (isEntered) {
            throw new IllegalStateException("cannot enter context: " + this
                    + " is already entered; enter a copy of it (context.copy().run(...)) instead");
        }
        isEntered = true;
    }

    boolean isEntered() {
        return isEntered;
    }

    void exit() {
        isEntered = false;
    }

    @Override
    public String toString() {
        return "<Context of " + vars.size() + (vars.size() == 1 ? " variable>" : " variables>");
    }

    /**
     * What {@link #run(Work)} runs: a {@link java.util.concurrent.Callable} that says what it throws.
     *
     * @param <T> the type of its value
     * @param <X> what it throws
     */
    @FunctionalInterface
    public interface Work<T, X extends Throwable> {

        /**
         * Does it.
         *
         * @throws X if it fails
         */
        T call() throws X;
    }
}
