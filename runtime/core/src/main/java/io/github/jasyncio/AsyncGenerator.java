package io.github.jasyncio;

import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Frame;
import io.github.jasyncio.internal.functions.NotData;
import io.github.jasyncio.internal.generators.Each;
import io.github.jasyncio.internal.generators.FromPublisher;
import io.github.jasyncio.internal.generators.GeneratorBody;
import io.github.jasyncio.internal.generators.GeneratorPublisher;
import io.github.jasyncio.internal.generators.GeneratorStep;
import io.github.jasyncio.internal.generators.GoThrough;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Values that are made one by one, when somebody asks: what calling an {@link Async} method that {@link Asyncio#emit emits} gives.
 *
 * <p>Semantics: Python's async generators. Calling the method runs nothing. Its body runs in the task of whoever asks for the next value, up to the next
 * {@code emit}; where it awaits, that task waits. One at a time may ask. A loop closes the generators that are left when it is shut down, and those that
 * nobody has any more, once the garbage collector has found them. Not thread-safe.
 *
 * <pre>{@code
 * @Async
 * static AsyncGenerator<Integer> countdown(int n) {
 *     for (int i = n; i > 0; i--) {
 *         await(sleep(Duration.ofSeconds(1)));
 *         emit(i);
 *     }
 *     return AsyncGenerator.done();
 * }
 *
 * AsyncGenerator<Integer> countdown = countdown(3);
 * while (await(countdown.hasNext())) {                // async for
 *     System.out.println(await(countdown.next()));
 * }
 * }</pre>
 *
 * <p>Who may leave such a loop before the end closes the generator: {@code try (var closing = countdown.closing()) {...}}, or {@link #close}. {@link
 * #forEach}, {@link #toList} and the generators that are made of this one do so by themselves.
 *
 * @param <T> the type of the values
 */
public abstract sealed class AsyncGenerator<T> {

    private static final AsyncGenerator<?> DONE = new Made<>(GeneratorBody.ended());

    private final transient GeneratorBody body;

    private AsyncGenerator(GeneratorBody body) {
        this.body = body;
    }

    /**
     * For rewritten code: the generator of a body that has not begun.
     *
     * <p>Semantics: the call of an {@code async def} that yields.
     */
    public static <T> AsyncGenerator<T> of(Frame<T> body) {
        return new Made<>(GeneratorBody.of(body));
    }

    /**
     * The end: what a method that emits returns. Also a generator of nothing.
     *
     * <p>Semantics: the end of an {@code async def} that yields, which cannot return anything.
     */
    @SuppressWarnings("unchecked") // it gives nothing
    public static <T> AsyncGenerator<T> done() {
        return (AsyncGenerator<T>) DONE;
    }

    /**
     * For rewritten code: lets the value pass that a method which emits returns.
     *
     * <p>Semantics: none; Python does not let such a function return anything.
     *
     * @return {@link Execution#ENDED}
     * @throws IllegalStateException unless it is {@link #done}
     */
    public static Object end(@Nullable AsyncGenerator<?> returned) {
        if (returned != DONE) {
            throw new IllegalStateException("an async generator ended by returning " + returned
                    + " instead of AsyncGenerator.done(); to hand out what another generator gives, write:"
                    + " while (await(other.hasNext())) { emit(await(other.next())); }");
        }
        return Execution.ENDED;
    }

    // ------------------------------------------------------------------------------------------------ one by one

    /**
     * Goes on to the next value and keeps it for {@link #next}, unless one is kept already.
     *
     * <p>Semantics: {@code async for}, which knows the end by {@code StopAsyncIteration}.
     *
     * @return a coroutine that gives false at the end; it fails with what the body fails with, and with {@link IllegalStateException} while another
     *     coroutine of this generator is being awaited
     */
    public Coroutine<Boolean> hasNext() {
        return new GeneratorStep.HasNext(body, this);
    }

    /**
     * Takes the next value.
     *
     * <p>Semantics: {@code anext}, {@code __anext__}.
     *
     * @return a coroutine that gives the value; it fails with {@link StopAsyncIteration} at the end, with what the body fails with, and with {@link
     *     IllegalStateException} while another coroutine of this generator is being awaited
     */
    public Coroutine<T> next() {
        return new GeneratorStep.Next<>(body, this);
    }

    /**
     * Takes the next value, letting {@code value} be what the {@code emit} gives at which the body stands. One that {@link #hasNext} keeps is dropped.
     *
     * <p>Semantics: {@code asend}.
     *
     * @param value null, if the body has not begun
     * @return a coroutine that gives the next value; it fails as that of {@link #next} does, and with {@link IllegalArgumentException} if there is no {@code
     *     emit} that could give {@code value}
     */
    public Coroutine<T> send(@Nullable Object value) {
        return new GeneratorStep.Send<>(body, this, value);
    }

    /**
     * Throws {@code failure} at the {@code emit} where the body stands, and takes the next value if it goes on all the same. One that {@link #hasNext} keeps
     * is dropped. A body that has not begun ends; one that has ended stays so, and the coroutine gives null.
     *
     * <p>Semantics: {@code athrow}.
     *
     * @return a coroutine that gives the next value; it fails as that of {@link #next} does
     */
    public Coroutine<T> throwInto(Throwable failure) {
        Objects.requireNonNull(failure, "throwInto was given null to throw");
        return new GeneratorStep.ThrowInto<>(body, this, failure);
    }

    /**
     * Ends the generator: throws {@link GeneratorExit} at the {@code emit} where the body stands, so that its {@code finally} blocks run, and waits for them. A
     * body that has not begun never will. Closing one that has ended does nothing.
     *
     * <p>Semantics: {@code aclose}.
     *
     * @return a coroutine that fails with what the body fails with, other than {@link GeneratorExit}; with {@link IllegalStateException} if the body emits
     *     once more, and while another coroutine of this generator is being awaited
     */
    public Coroutine<Void> close() {
        return new GeneratorStep.Close(body, this);
    }

    /**
     * This generator as a resource, for try-with-resources in an async method.
     *
     * <p>Semantics: {@code contextlib.aclosing}.
     */
    public AsyncCloseable closing() {
        return new AsyncCloseable() {
            @Override
            public Coroutine<Void> closeAsync() {
                return AsyncGenerator.this.close();
            }

            /** For serialisers, as the generator's own. */
            @SuppressWarnings({"UnusedMethod", "EffectivelyPrivate"}) // called by reflection
            public Object getValue() {
                throw NotData.manyTaken(this);
            }

            @Override
            public String toString() {
                return AsyncGenerator.this.toString();
            }
        };
    }

    // ------------------------------------------------------------------------------------------------ all of them

    /**
     * Awaits {@code body} for each value, one after the other. If it fails, or is cancelled, this generator is closed.
     *
     * <p>Semantics: {@code async for} in {@code async with aclosing(...)}.
     */
    public <R> Coroutine<Void> forEach(AsyncFunction<? super T, R> body) {
        Objects.requireNonNull(body, "forEach was given null for a body");
        return new GoThrough<>("forEach", this.body, this, new Each.Doing<>(body));
    }

    /** All values, in their order. Semantics: {@code [value async for value in ...]}. */
    public Coroutine<List<T>> toList() {
        return new GoThrough<>("toList", body, this, new Each.Collecting<>());
    }

    /**
     * What {@code function} makes of each value. It takes this generator over, and closes it when it is closed itself.
     *
     * <p>Semantics: {@code (await function(value) async for value in ...)}.
     */
    public <R> AsyncGenerator<R> map(AsyncFunction<? super T, R> function) {
        Objects.requireNonNull(function, "map was given null for a function");
        return of(new GoThrough<>("map", body, this, new Each.Mapping<>(function)));
    }

    /**
     * The values for which {@code condition} gives true. It takes this generator over, and closes it when it is closed itself.
     *
     * <p>Semantics: {@code (value async for value in ... if await condition(value))}.
     */
    public AsyncGenerator<T> filter(AsyncFunction<? super T, Boolean> condition) {
        Objects.requireNonNull(condition, "filter was given null for a condition");
        return of(new GoThrough<>("filter", body, this, new Each.Filtering<>(condition)));
    }

    /**
     * The first {@code count} values; then this generator is closed. It takes this generator over, and closes it when it is closed itself.
     *
     * <p>Semantics: {@code itertools.islice}, which Python has for plain generators only.
     *
     * @throws IllegalArgumentException if {@code count} is negative
     */
    public AsyncGenerator<T> take(long count) {
        if (count < 0) {
            throw new IllegalArgumentException("take was given a negative count: " + count);
        }
        return of(new GoThrough<>("take", body, this, new Each.Taking<>(count)));
    }

    // ------------------------------------------------------------------------------------------------ reactive streams

    /**
     * This generator as a publisher for one subscriber. A task of the running loop goes through it, no further than the subscriber asks; all signals are given
     * on the loop's thread. Cancelling the subscription cancels the task, and closes the generator. The subscription is thread-safe.
     *
     * <p>Python has no counterpart. Semantics: the Reactive Streams specification.
     *
     * @throws IllegalStateException if no loop runs on this thread
     */
    public Flow.Publisher<T> toPublisher() {
        return new GeneratorPublisher<>(body, this, Asyncio.getRunningLoop());
    }

    /**
     * What a publisher publishes. It is subscribed to when the first value is asked for, and asked for one value at a time, on the loop that runs then. Closing
     * the generator cancels the subscription.
     *
     * <p>Python has no counterpart. Semantics: the Reactive Streams specification.
     */
    public static <T> AsyncGenerator<T> from(Flow.Publisher<? extends T> publisher) {
        Objects.requireNonNull(publisher, "from was given null for a publisher");
        return of(new FromPublisher<>(publisher));
    }

    // ------------------------------------------------------------------------------------------------ about it

    /** For example {@code <async generator suspended shop.Orders.all(Orders.java:21)>}. */
    @Override
    public String toString() {
        return body.toString();
    }

    /** Apart from it, so that what is there for serialisers only is not seen by users. */
    private static final class Made<T> extends AsyncGenerator<T> {

        Made(GeneratorBody body) {
            super(body);
        }

        /** For serialisers, which would take the generator for data. */
        @SuppressWarnings({"UnusedMethod", "EffectivelyPrivate"}) // called by reflection
        public Object getValue() {
            throw NotData.manyTaken(this);
        }
    }
}
