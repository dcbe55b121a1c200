package io.github.jasyncio;

import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A variable whose value belongs to the current {@link Context}: to a task and what it awaits, where a {@link ThreadLocal} would belong to
 * the thread that all tasks share.
 *
 * <p>Semantics: {@code contextvars.ContextVar}. Make them {@code static final}. Thread-safe: each thread has its current context.
 *
 * @param <T> the type of its values
 */
public final class ContextVar<T> {

    private static final AtomicLong COUNT = new AtomicLong();

    /** Odd, so that what it multiplies stays different; near the golden ratio, so that the first bits differ at once. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final long hash = COUNT.incrementAndGet() * SPREAD;
    private final String name;
    private final @Nullable Object defaultValue;

    /**
     * A variable without a default.
     *
     * <p>Semantics: {@code contextvars.ContextVar(name)}.
     *
     * @param name for messages
     */
    public ContextVar(String name) {
        this.name = name;
        this.defaultValue = VarMap.ABSENT;
    }

    /**
     * A variable with a default.
     *
     * <p>Semantics: {@code contextvars.ContextVar(name, default=default)}.
     *
     * @param name for messages
     * @param defaultValue its value in contexts in which it was not set
     */
    public ContextVar(String name, @Nullable T defaultValue) {
        this.name = name;
        this.defaultValue = defaultValue;
    }

    /** For {@link VarMap}: no other variable's. */
    long hash() {
        return hash;
    }

    /** The name that it was given. Semantics: {@code ContextVar.name}. */
    public String name() {
        return name;
    }

    /**
     * Its value in the current context, or else its default.
     *
     * <p>Semantics: {@code ContextVar.get()}.
     *
     * @throws NoSuchElementException if it has neither; Python's {@code LookupError}
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // only values of type T are set; T may be nullable
    public T get() {
        Object value = ThreadState.currentVars().get(this);
        if (value == VarMap.ABSENT) {
            value = defaultValue;
            if (value == VarMap.ABSENT) {
                throw new NoSuchElementException(this + " has neither a value in the current context nor a default;"
                        + " set it, or use get(otherwise)");
            }
        }
        return (T) value;
    }

    /**
     * Its value in the current context, or {@code otherwise}, whatever its own default.
     *
     * <p>Semantics: {@code ContextVar.get(default)}.
     *
     * @param otherwise the answer if it has no value
     */
    @SuppressWarnings("unchecked") // only values of type T are set
    public @Nullable T get(@Nullable T otherwise) {
        Object value = ThreadState.currentVars().get(this);
        return value == VarMap.ABSENT ? otherwise : (T) value;
    }

    /**
     * Gives it a value in the current context.
     *
     * @return with which {@link #reset} goes back to what was before
     */
    public Token<T> set(@Nullable T value) {
        ThreadState thread = ThreadState.current();
        Token<T> token = new Token<>(this, thread.home(), thread.vars.get(this));
        thread.set(this, value);
        return token;
    }

    /**
     * Goes back to the value that it had before the {@link #set} that gave {@code token}.
     *
     * <p>Semantics: {@code ContextVar.reset}. A token that is refused stays good.
     *
     * @throws IllegalStateException if the token was used before
     * @throws IllegalArgumentException if the token is another variable's, or was made in another context; Python's {@code ValueError}
     */
    public void reset(Token<T> token) {
        if (token.isUsed) {
            throw new IllegalStateException(token + " has already been used once");
        }
        if (token.variable != this) {
            throw new IllegalArgumentException(token + " was created by " + token.variable + ", not by " + this);
        }
        ThreadState thread = ThreadState.current();
        if (token.home != thread.home()) {
            thread.forgetIfEmpty();
            throw new IllegalArgumentException(token + " was created in a different context, a task's or a callback's"
                    + " own, say; reset a variable where it was set");
        }
        token.isUsed = true;
        thread.set(this, token.before);
        thread.forgetIfEmpty();
    }

    @Override
    public String toString() {
        return "<ContextVar name='" + name + "'>";
    }

    /**
     * Remembers what a variable was before it was set. Semantics: {@code contextvars.Token}.
     *
     * @param <T> the type of the variable's values
     */
    public static final class Token<T> {

        private final ContextVar<T> variable;

        /** In which context it was made. */
        private final Object home;

        private final @Nullable Object before;
        private boolean isUsed;

        private Token(ContextVar<T> variable, Object home, @Nullable Object before) {
            this.variable = variable;
            this.home = home;
            this.before = before;
        }

        @Override
        public String toString() {
            return "<Token" + (isUsed ? " used" : "") + " var=" + variable + ">";
        }
    }
}
