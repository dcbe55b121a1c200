package io.github.jasyncio;

import io.github.jasyncio.internal.functions.AsCompleted;
import io.github.jasyncio.internal.functions.AsyncCall;
import io.github.jasyncio.internal.functions.CancelAndWait;
import io.github.jasyncio.internal.functions.Facade;
import io.github.jasyncio.internal.functions.NoLoop;
import io.github.jasyncio.internal.functions.NotRewritten;
import io.github.jasyncio.internal.functions.Shield;
import io.github.jasyncio.internal.functions.ToThread;
import io.github.jasyncio.internal.functions.WaitOn;
import io.github.jasyncio.internal.introspection.DumpTaker;
import io.github.jasyncio.introspection.Dump;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The functions of Python's {@code asyncio} module, for static import. */
public final class Asyncio {

    private Asyncio() {}

    // ------------------------------------------------------------------------------------------------ await

    /**
     * Waits for {@code awaitable} without blocking the thread, and gives its value; a failure is thrown as it is, the very same object.
     *
     * <p>Semantics: Python's {@code await}. Only in {@link Async} methods, and in lambdas that return {@link Coroutine}; the rewriting
     * replaces the call.
     */
    public static <T> T await(Awaitable<? extends T> awaitable) {
        throw NotRewritten.await();
    }

    /** The same for Java's own asynchronous results. Cancelling the task that waits cancels the stage's {@code CompletableFuture}. */
    public static <T> T await(CompletionStage<? extends T> stage) {
        throw NotRewritten.await();
    }

    /**
     * Hands out a value of the async generator whose body this stands in, and goes on when somebody asks for the next.
     *
     * <p>Semantics: {@code yield} in an {@code async def}. Only in {@link Async} methods, and in lambdas, that return {@link AsyncGenerator}; the rewriting
     * replaces the call.
     *
     * @return what was {@linkplain AsyncGenerator#send sent}; mostly null
     */
    @SuppressWarnings("TypeParameterUnusedInFormals") // whoever sends knows the type, as with await
    public static <S> S emit(@Nullable Object value) {
        throw NotRewritten.emit();
    }

    /**
     * Says to the compiler that what follows may throw {@code type}, so that it can be caught: failures arrive through {@code await} as they were
     * thrown, but a {@link Task} or a {@link Future} does not say which checked ones there are. Does nothing, and costs nothing.
     *
     * <pre>{@code
     * try {
     *     mayThrow(IOException.class);
     *     page = await(task);
     * } catch (IOException e) {
     *     page = offline();
     * }
     * }</pre>
     *
     * <p>For several types call it as often. asyncio has no counterpart: Python has no checked exceptions.
     *
     * @param type the exception that is to be caught
     * @throws E never
     */
    @SuppressWarnings("unused") // both are for the compiler alone
    public static <E extends Throwable> void mayThrow(Class<? extends E> type) throws E {}

    // ------------------------------------------------------------------------------------------------ programs

    /**
     * Runs a program: a coroutine, on a new loop, which is cleaned up and closed at the end.
     *
     * <p>Semantics: {@code asyncio.run}; see {@link Runner} for what happens at the end, on Ctrl-C and on SIGTERM.
     *
     * @return its value; its failure is thrown, the very same object
     * @throws IllegalStateException if a loop runs on this thread already
     */
    public static <T> T run(Coroutine<T> coroutine) {
        Runner.checkArguments("run", coroutine);
        try (Runner runner = new Runner()) {
            return runner.run(coroutine);
        }
    }

    /**
     * Runs a program on a new loop, with debug mode on or off.
     *
     * <p>Semantics: {@code asyncio.run(main, debug=debug)}.
     *
     * @return its value; its failure is thrown, the very same object
     * @throws IllegalStateException if a loop runs on this thread already
     */
    public static <T> T run(Coroutine<T> coroutine, boolean debug) {
        Runner.checkArguments("run", coroutine);
        try (Runner runner = Runner.builder().debug(debug).build()) {
            return runner.run(coroutine);
        }
    }

    // ------------------------------------------------------------------------------------------------ coroutines and
    // tasks

    /**
     * A coroutine whose body is a lambda: {@code async(() -> { await(...); return Coroutine.of(value); })}. Lazy like every coroutine: nothing
     * of it runs before it is awaited. Python has no such lambdas.
     */
    public static <T> Coroutine<T> async(AsyncCallable<T> body) {
        return new AsyncCall<>(body);
    }

    /**
     * Makes a task of a coroutine: it runs by itself from the next turn on.
     *
     * <p>Semantics: {@code asyncio.create_task}.
     *
     * @throws IllegalStateException if no loop runs on this thread
     */
    public static <T> Task<T> createTask(Coroutine<T> coroutine) {
        return getRunningLoop().createTask(coroutine);
    }

    /**
     * Makes a task of a coroutine, with a name.
     *
     * <p>Semantics: {@code asyncio.create_task(coro, name=name)}.
     *
     * @param name its name, or null for one of the kind {@code Task-7}
     * @throws IllegalStateException if no loop runs on this thread
     */
    public static <T> Task<T> createTask(Coroutine<T> coroutine, @Nullable String name) {
        return getRunningLoop().createTask(coroutine, name);
    }

    /**
     * Makes a task of a coroutine, with a name and a context.
     *
     * <p>Semantics: {@code asyncio.create_task(coro, name=name, context=context)}.
     *
     * @param name its name, or null for one of the kind {@code Task-7}
     * @param context the context in which it runs, itself and not a copy; null for a copy of the current one
     * @throws IllegalStateException if no loop runs on this thread
     */
    public static <T> Task<T> createTask(Coroutine<T> coroutine, @Nullable String name, @Nullable Context context) {
        return getRunningLoop().createTask(coroutine, name, context);
    }

    /**
     * Waits for a time. Zero or less gives the others a turn, exactly one.
     *
     * <p>Semantics: {@code asyncio.sleep}.
     */
    public static Coroutine<Void> sleep(Duration delay) {
        return new Sleep<>(delay, null);
    }

    /**
     * Waits for a time and gives {@code result}.
     *
     * <p>Semantics: {@code asyncio.sleep(delay, result)}.
     */
    public static <T> Coroutine<T> sleep(Duration delay, @Nullable T result) {
        return new Sleep<>(delay, result);
    }

    /** The task that runs now on this thread's loop; null in a callback. Semantics: {@code asyncio.current_task}. */
    public static @Nullable Task<?> currentTask() {
        return getRunningLoop().current();
    }

    /** The unfinished tasks of the running loop, in the order in which they were made. Semantics: {@code asyncio.all_tasks}. */
    public static List<Task<?>> allTasks() {
        return allTasks(getRunningLoop());
    }

    /** The unfinished tasks of a loop, in the order in which they were made. Semantics: {@code asyncio.all_tasks}. */
    public static List<Task<?>> allTasks(EventLoop loop) {
        return loop.allTasks();
    }

    // ------------------------------------------------------------------------------------------------ who awaits whom

    /**
     * Who awaits a future or task, and who awaits those, and so on: where each stands, at this moment.
     *
     * <p>Semantics: {@code asyncio.capture_call_graph} of Python 3.14, without its {@code depth} and {@code limit}. Loop-confined.
     */
    public static FutureCallGraph captureCallGraph(Future<?> future) {
        return FutureCallGraph.of(future);
    }

    /**
     * The same for the task that runs now; null in a callback.
     *
     * @throws IllegalStateException if no loop runs on this thread
     */
    public static @Nullable FutureCallGraph captureCallGraph() {
        Task<?> current = currentTask();
        return current == null ? null : FutureCallGraph.of(current);
    }

    /**
     * The text of {@link #captureCallGraph(Future)}: the future, its call stack, the most recent call first, and indented below it those
     * that await it.
     *
     * <p>Semantics: {@code asyncio.format_call_graph} of Python 3.14. Whoever awaits itself is marked so. Loop-confined.
     */
    public static String formatCallGraph(Future<?> future) {
        return captureCallGraph(future).toString();
    }

    /**
     * The same for the task that runs now; empty in a callback.
     *
     * @throws IllegalStateException if no loop runs on this thread
     */
    public static String formatCallGraph() {
        FutureCallGraph graph = captureCallGraph();
        return graph == null ? "" : graph.toString();
    }

    /** Prints {@link #formatCallGraph(Future)}. Semantics: {@code asyncio.print_call_graph} of Python 3.14. */
    public static void printCallGraph(Future<?> future, PrintStream out) {
        out.print(formatCallGraph(future));
    }

    /** The same, to standard output. */
    public static void printCallGraph(Future<?> future) {
        printCallGraph(future, System.out);
    }

    /**
     * The same for the task that runs now, to standard output; nothing in a callback.
     *
     * @throws IllegalStateException if no loop runs on this thread
     */
    public static void printCallGraph() {
        System.out.print(formatCallGraph());
    }

    /**
     * What all loops of the process and their tasks are doing, for a log or a page that only people in charge can see; asyncio shows it from
     * outside only, by {@code python -m asyncio pstree}. Thread-safe.
     *
     * <p>Loops that run on other threads are asked, and have a second to answer. One that does not, because something blocks its thread, is
     * read from here, and the dump says where that thread is.
     */
    public static Dump dump() {
        return DumpTaker.takeAll();
    }

    // ------------------------------------------------------------------------------------------------ futures

    /**
     * A future as it is; a coroutine made into a task of the running loop, or of the one that {@link #setEventLoop} set.
     *
     * <p>Semantics: {@code asyncio.ensure_future}.
     */
    public static <T> Future<T> ensureFuture(Awaitable<T> awaitable) {
        return awaitable instanceof Future<T> future ? future : getEventLoop().ensureFuture(awaitable, "ensureFuture");
    }

    /**
     * A future that comes to the same as one of Java's own stages; cancelling it cancels the stage's {@code CompletableFuture}.
     *
     * <p>Semantics: {@code asyncio.wrap_future}.
     */
    public static <T> Future<T> wrapFuture(CompletionStage<? extends T> stage) {
        Objects.requireNonNull(stage, "wrapFuture was given null for a stage");
        return JavaFutures.from(getEventLoop(), stage);
    }

    /**
     * Futures that come to the same as some of Java's own stages, in their order, for the functions that take several: {@code
     * asCompleted(wrapFutures(stages))}, {@code waitOn(wrapFutures(stages), ReturnWhen.FIRST_COMPLETED)}.
     *
     * <p>Semantics: {@code asyncio.wrap_future}, for each.
     */
    public static <T> List<Future<T>> wrapFutures(Collection<? extends CompletionStage<? extends T>> stages) {
        EventLoop loop = getEventLoop();
        List<Future<T>> futures = new ArrayList<>(stages.size());
        for (CompletionStage<? extends T> stage : stages) {
            futures.add(JavaFutures.from(loop, stage));
        }
        return futures;
    }

    /**
     * A future of all results, in the order of the arguments; coroutines are made into tasks. The first failure is passed on at once, and
     * the others go on; cancelling the future cancels them all.
     *
     * <p>Semantics: {@code asyncio.gather}.
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // read only
    public static <T> Future<List<T>> gather(Awaitable<? extends T>... awaitables) {
        return gather(Arrays.asList(awaitables));
    }

    /** The same for a collection, in its order. */
    public static <T> Future<List<T>> gather(Collection<? extends Awaitable<? extends T>> awaitables) {
        return Gathering.of(awaitables, false, "gather");
    }

    /**
     * The same for Java's own asynchronous results; cancelling the future cancels them. A collection of them is gathered by {@code
     * gather(wrapFutures(stages))}, and where many of both kinds are to be gathered, say {@link #wrapFuture} to these.
     *
     * <p>Semantics: {@code asyncio.gather} of wrapped futures.
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // read only
    public static <T> Future<List<T>> gather(
            CompletionStage<? extends T> first, CompletionStage<? extends T>... others) {
        List<CompletionStage<? extends T>> stages = new ArrayList<>(List.of(first));
        stages.addAll(Arrays.asList(others));
        return gather(wrapFutures(stages));
    }

    /** The same for one of Java's own and one of ours, see {@link #gather(Awaitable...)}. */
    public static <T> Future<List<T>> gather(CompletionStage<? extends T> first, Awaitable<? extends T> second) {
        return gather(wrapped(first), second);
    }

    /** The same for one of ours and one of Java's own, see {@link #gather(Awaitable...)}. */
    public static <T> Future<List<T>> gather(Awaitable<? extends T> first, CompletionStage<? extends T> second) {
        return gather(first, wrapped(second));
    }

    /** A null stays one, for {@code gather} to refuse. */
    @SuppressWarnings("NullAway")
    private static <T> Awaitable<T> wrapped(@Nullable CompletionStage<T> stage) {
        return stage == null ? null : wrapFuture(stage);
    }

    /**
     * Both results, of different types, in one: {@code gather(user(id), orders(id), Page::new)}. For more than two await the tasks one after the other, or
     * gather them and ask each for its {@link Future#result result}.
     *
     * <p>Semantics: {@code asyncio.gather} of the two.
     *
     * @param combine called in the turn in which the second result has come; what it throws is the future's failure
     */
    public static <A, B, R> Future<R> gather(
            Awaitable<A> first, Awaitable<B> second, BiFunction<? super A, ? super B, ? extends R> combine) {
        return Gathering.both(first, second, combine);
    }

    /**
     * A future of how each came out, in the order of the arguments: failures and cancellations are outcomes like values, and all are waited for.
     *
     * <p>Semantics: {@code asyncio.gather(..., return_exceptions=True)}.
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // read only
    public static <T> Future<List<Outcome<T>>> gatherOutcomes(Awaitable<? extends T>... awaitables) {
        return gatherOutcomes(Arrays.asList(awaitables));
    }

    /** The same for a collection, in its order. */
    public static <T> Future<List<Outcome<T>>> gatherOutcomes(Collection<? extends Awaitable<? extends T>> awaitables) {
        return Gathering.of(awaitables, true, "gatherOutcomes");
    }

    /**
     * The same for Java's own asynchronous results.
     *
     * <p>Semantics: {@code asyncio.gather(..., return_exceptions=True)} of wrapped futures.
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // read only
    public static <T> Future<List<Outcome<T>>> gatherOutcomes(
            CompletionStage<? extends T> first, CompletionStage<? extends T>... others) {
        List<CompletionStage<? extends T>> stages = new ArrayList<>(List.of(first));
        stages.addAll(Arrays.asList(others));
        return gatherOutcomes(wrapFutures(stages));
    }

    /**
     * A future that comes to the same as {@code awaitable}, but cancelling it, or the task that awaits it, does not cancel {@code awaitable}.
     *
     * <p>Semantics: {@code asyncio.shield}.
     */
    public static <T> Future<T> shield(Awaitable<T> awaitable) {
        Objects.requireNonNull(awaitable, "shield was given null to shield");
        return Shield.of(ensureFuture(awaitable));
    }

    /**
     * The same for one of Java's own asynchronous results: cancelling what this returns does not cancel {@code stage}.
     *
     * <p>Semantics: {@code asyncio.shield} of a wrapped future.
     */
    public static <T> Future<T> shield(CompletionStage<T> stage) {
        Objects.requireNonNull(stage, "shield was given null to shield");
        return shield(wrapFuture(stage));
    }

    // ------------------------------------------------------------------------------------------------ timeouts, groups

    /**
     * Waits for {@code awaitable}, but no longer than {@code limit}; then cancels it, waits until it has ended, and throws {@link
     * AsyncTimeoutException}.
     *
     * <p>Semantics: {@code asyncio.wait_for}. A coroutine runs in the caller's own task. What the awaited thing makes of its cancellation
     * counts: a value that it returns all the same is returned, another failure is thrown. If the waiting task is cancelled, so is what it
     * awaits; protect it with {@code shield}. Without any time at all a coroutine is not even started.
     *
     * @param limit null means none; zero or negative: only what is done already is in time
     * @return a coroutine that fails with {@link AsyncTimeoutException}, whose cause is the {@link CancelledError}, when the time is up
     */
    public static <T> Coroutine<T> waitFor(Awaitable<T> awaitable, @Nullable Duration limit) {
        Objects.requireNonNull(awaitable, "waitFor was given null to wait for");
        return limit != null && (limit.isZero() || limit.isNegative())
                ? new CancelAndWait<>(awaitable, Asyncio::ensureFuture)
                : new Timeout.Scope<>(
                        "waitFor", loop -> limit == null ? null : loop.deadlineAfter(limit), timeout -> awaitable);
    }

    /**
     * The same for one of Java's own asynchronous results, whose {@code CompletableFuture} is cancelled when the time is up.
     *
     * <p>Semantics: {@code asyncio.wait_for} of a wrapped future.
     *
     * @param limit null means none; zero or negative: only what is done already is in time
     */
    public static <T> Coroutine<T> waitFor(CompletionStage<T> stage, @Nullable Duration limit) {
        return waitFor(wrapFuture(stage), limit);
    }

    /**
     * Runs {@code body} with a deadline: when that has come, the body is cancelled, and {@link AsyncTimeoutException} takes the place of its
     * {@link CancelledError}.
     *
     * <p>Semantics: {@code async with asyncio.timeout(limit)}. Only the cancellation that the deadline itself caused is replaced, so timeouts
     * can be nested and cancellations from outside pass. A deadline that has passed already takes effect at the body's first suspension.
     *
     * @param limit counted from the moment at which the coroutine starts; null means none
     * @return a coroutine with the body's outcome; it must be awaited in a task, or fails with {@link IllegalStateException}
     */
    public static <T> Coroutine<T> timeout(@Nullable Duration limit, AsyncFunction<Timeout, T> body) {
        Objects.requireNonNull(body, "timeout was given null for a body");
        return new Timeout.Scope<>("timeout", loop -> limit == null ? null : loop.deadlineAfter(limit), body::apply);
    }

    /**
     * The same with a deadline by the loop's clock.
     *
     * <p>Semantics: {@code async with asyncio.timeout_at(when)}.
     *
     * @param loopNanos the deadline in nanoseconds, as {@link EventLoop#time} counts them
     */
    public static <T> Coroutine<T> timeoutAt(long loopNanos, AsyncFunction<Timeout, T> body) {
        Objects.requireNonNull(body, "timeoutAt was given null for a body");
        return new Timeout.Scope<>("timeoutAt", loop -> loopNanos, body::apply);
    }

    /**
     * Runs {@code body} with a group in which it can start tasks, and waits until all of them have ended.
     *
     * <p>Semantics: {@code async with asyncio.TaskGroup()}; see {@link TaskGroup}.
     *
     * @return a coroutine with the body's value; it fails with {@link ExceptionGroup} if a task or the body has failed, and must be awaited in
     *     a task, or fails with {@link IllegalStateException}
     */
    public static <T> Coroutine<T> taskGroup(AsyncFunction<TaskGroup, T> body) {
        Objects.requireNonNull(body, "taskGroup was given null for a body");
        return new TaskGroup.Scope<>(body);
    }

    /**
     * Waits until {@code futures} are done, or as many of them as {@code returnWhen} says.
     *
     * <p>Semantics: {@code asyncio.wait}. Never throws what the futures fail with, and cancels nothing, also when it is cancelled itself. One
     * that is given twice counts once.
     *
     * @return a coroutine that fails with {@link IllegalArgumentException} if there are no futures
     */
    public static <T> Coroutine<WaitResult<T>> waitOn(
            Collection<? extends Future<? extends T>> futures, ReturnWhen returnWhen) {
        return waitOn(futures, returnWhen, null);
    }

    /**
     * The same, but no longer than {@code limit}. That the time is up is no failure: what is not done then is pending.
     *
     * @param limit null means none
     */
    @SuppressWarnings("unchecked") // who waits for futures of several types takes values out of them, and puts none in
    public static <T> Coroutine<WaitResult<T>> waitOn(
            Collection<? extends Future<? extends T>> futures, ReturnWhen returnWhen, @Nullable Duration limit) {
        Objects.requireNonNull(futures, "waitOn was given null for its futures");
        Objects.requireNonNull(returnWhen, "waitOn was given null for its ReturnWhen");
        return new WaitOn<>((Collection<? extends Future<T>>) futures, returnWhen, limit);
    }

    /**
     * Starts {@code awaitables} together and hands out as many coroutines: the first that is awaited has the outcome of the one that is done
     * first, and so on.
     *
     * <p>Semantics: {@code asyncio.as_completed}, used as a plain iterator. It can be gone through once. One awaitable that is given twice
     * counts once. Abandoning the coroutines cancels nothing.
     */
    public static <T> Iterable<Coroutine<T>> asCompleted(Collection<? extends Awaitable<? extends T>> awaitables) {
        return asCompleted(awaitables, null);
    }

    /**
     * The same, but no longer than {@code limit} from now: every coroutine that has no outcome by then fails with {@link
     * AsyncTimeoutException}. Nothing is cancelled.
     *
     * @param limit null means none
     */
    public static <T> Iterable<Coroutine<T>> asCompleted(
            Collection<? extends Awaitable<? extends T>> awaitables, @Nullable Duration limit) {
        AsCompleted<T> once = new AsCompleted<>(getEventLoop(), awaitables, Asyncio::ensureFuture, limit);
        return () -> once;
    }

    // ------------------------------------------------------------------------------------------------ threads

    /**
     * Runs a blocking call on the loop's default executor, with a copy of the current context.
     *
     * <p>Semantics: {@code asyncio.to_thread}.
     */
    public static <T> Coroutine<T> toThread(Callable<? extends T> callable) {
        return new ToThread<>(callable);
    }

    /**
     * Hands a coroutine to a loop that runs on another thread. Cancelling what it returns cancels the task. Thread-safe.
     *
     * <p>Semantics: {@code asyncio.run_coroutine_threadsafe}.
     *
     * @throws IllegalStateException if the loop is closed
     */
    public static <T> CompletableFuture<T> runCoroutineThreadsafe(Coroutine<T> coroutine, EventLoop loop) {
        return JavaFutures.submit(coroutine, loop);
    }

    // ------------------------------------------------------------------------------------------------ loops

    /**
     * The loop that runs on this thread.
     *
     * <p>Semantics: {@code asyncio.get_running_loop}.
     *
     * @throws IllegalStateException if there is none
     */
    public static EventLoop getRunningLoop() {
        return Facade.runningLoop();
    }

    /** A new loop, which the caller runs and closes. Semantics: {@code asyncio.new_event_loop}. */
    public static EventLoop newEventLoop() {
        return EventLoop.builder().build();
    }

    /** Sets what {@link #getEventLoop} gives on this thread while no loop runs; null for none. */
    public static void setEventLoop(@Nullable EventLoop loop) {
        ThreadState thread = ThreadState.current();
        thread.assigned = loop;
        thread.forgetIfEmpty();
    }

    /**
     * The loop that runs on this thread, or else the one that {@link #setEventLoop} set.
     *
     * @throws IllegalStateException if there is neither
     */
    public static EventLoop getEventLoop() {
        ThreadState thread = ThreadState.current();
        EventLoop loop = thread.running == null ? thread.assigned : thread.running;
        if (loop == null) {
            throw NoLoop.current();
        }
        return loop;
    }
}
