package io.github.jasyncio;

import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Frame;
import io.github.jasyncio.internal.Sneaky;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.NullUnmarked;

/**
 * A coroutine for the tests of core, which is built before there is a transformer: its body is written as continuations.
 *
 * <pre>{@code
 * coroutine(() -> await(future, value -> give(value + 1)))      // async def f(): return await future + 1
 * }</pre>
 */
@NullUnmarked // as free as a test
final class Scripted<T> extends Frame<T> {

    private final Supplier<Step<T>> body;
    private Await<?, T> awaiting;

    private Scripted(Supplier<Step<T>> body) {
        this.body = body;
    }

    /** A coroutine whose body begins with {@code body}. */
    static <T> Coroutine<T> coroutine(Supplier<Step<T>> body) {
        return new Scripted<>(body);
    }

    /** A coroutine that does one thing and awaits nothing. */
    static Coroutine<Void> doing(Runnable action) {
        return coroutine(() -> {
            action.run();
            return give(null);
        });
    }

    /** {@code return value}. */
    static <T> Step<T> give(T value) {
        return new Give<>(value);
    }

    /** {@code raise failure}. */
    static <T> Step<T> fail(Throwable failure) {
        return new Fail<>(failure);
    }

    /** {@code then(await awaitable)}. */
    static <A, T> Step<T> await(Awaitable<A> awaitable, Function<A, Step<T>> then) {
        return new Await<>(awaitable, then, Scripted::fail);
    }

    /** {@code then(await awaitable)}, in a try whose except clause is {@code otherwise}. */
    static <A, T> Step<T> await(
            Awaitable<A> awaitable, Function<A, Step<T>> then, Function<Throwable, Step<T>> otherwise) {
        return new Await<>(awaitable, then, otherwise);
    }

    /** {@code await sleep(0)} so many times, then goes on. */
    static <T> Step<T> yields(int times, Supplier<Step<T>> then) {
        return times == 0 ? then.get() : await(Asyncio.sleep(java.time.Duration.ZERO), v -> yields(times - 1, then));
    }

    @Override
    public Object start(Execution execution) {
        return startInPlace(execution);
    }

    @Override
    public Object startInPlace(Execution execution) {
        begin();
        return run(body.get(), execution);
    }

    @Override
    protected Object resume(Execution execution) {
        enter();
        Await<?, T> await = awaiting;
        awaiting = null;
        Object result;
        try {
            result = execution.result();
        } catch (Throwable t) {
            return run(await.otherwise.apply(t), execution);
        }
        return run(await.value(result), execution);
    }

    private Object run(Step<T> first, Execution execution) {
        Step<T> step = first;
        while (true) {
            if (step instanceof Give<T> give) {
                return give.value;
            }
            if (step instanceof Fail<T> fail) {
                throw Sneaky.<RuntimeException>failure(fail.failure);
            }
            Await<?, T> await = (Await<?, T>) step;
            Object result;
            try {
                result = await.awaitable.start(execution);
            } catch (Throwable t) {
                step = await.otherwise.apply(t);
                continue;
            }
            if (result == Execution.SUSPENDED) {
                awaiting = await;
                state = 1;
                return execution.suspended(this);
            }
            step = await.value(result);
        }
    }

    @Override
    public StackTraceElement location() {
        return new StackTraceElement("Scripted", "body", "Scripted.java", state);
    }

    /** What a body does next. */
    sealed interface Step<T> {}

    private record Give<T>(T value) implements Step<T> {}

    private record Fail<T>(Throwable failure) implements Step<T> {}

    private record Await<A, T>(
            Awaitable<A> awaitable, Function<A, Step<T>> then, Function<Throwable, Step<T>> otherwise)
            implements Step<T> {

        @SuppressWarnings("unchecked") // it is what the awaitable gave
        Step<T> value(Object value) {
            return then.apply((A) value);
        }
    }
}
