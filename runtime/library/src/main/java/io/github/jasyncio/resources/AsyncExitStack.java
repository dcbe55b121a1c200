package io.github.jasyncio.resources;

import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCallable;
import io.github.jasyncio.AsyncCloseable;
import io.github.jasyncio.AsyncFunction;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.Coroutine;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Resources whose number is known only when the program runs, and other things to do at the end: undone in the reverse of the order in which they came.
 *
 * <p>Semantics: {@code contextlib.AsyncExitStack}. What fails while the stack is unwound does not keep the rest from its turn: the latest failure is
 * thrown, and those before it are its suppressed ones. Loop-confined.
 *
 * <pre>{@code
 * try (AsyncExitStack stack = new AsyncExitStack()) {
 *     for (String host : hosts) {
 *         connections.add(await(stack.enterAsyncContext(openConnection(host, 80))));
 *     }
 *     ...
 * } // all that were opened are closed, also if one could not be
 * }</pre>
 */
public final class AsyncExitStack implements AsyncCloseable {

    /** What is done at the end, knowing what has failed before. Semantics: {@code __aexit__}. */
    @FunctionalInterface
    public interface Exit {

        /**
         * Does it.
         *
         * @param failure what the body, or a later exit, has failed with; null if nothing has
         * @return a coroutine that gives true to take the failure away
         * @throws Exception what it fails with; it takes the place of {@code failure}
         */
        Coroutine<Boolean> run(@Nullable Throwable failure) throws Exception;
    }

    private Deque<Exit> exits = new ArrayDeque<>();

    /** A stack with nothing to undo. */
    public AsyncExitStack() {}

    /**
     * Lends {@code body} a new stack and unwinds that when the body has ended. Unlike try-with-resources this tells {@linkplain #pushAsyncExit exits} what the
     * body failed with, and they may take that away.
     *
     * <p>Semantics: {@code async with AsyncExitStack() as stack: ...}.
     *
     * @return a coroutine that gives the body's value, null if an exit took its failure away; it fails with what the body, or the latest exit, failed with
     */
    @Async
    public static <T> Coroutine<@Nullable T> with(AsyncFunction<AsyncExitStack, T> body) {
        AsyncExitStack stack = new AsyncExitStack();
        T value = null;
        Throwable failure = null;
        try {
            value = await(async(() -> body.apply(stack)));
        } catch (Throwable t) {
            failure = t; // thrown again below, unless an exit takes it away
        }
        await(stack.unwind(failure));
        return Coroutine.of(value);
    }

    /**
     * Takes care of a resource that is open.
     *
     * <p>Semantics: {@code enter_context}, {@code push_async_exit} of a context manager.
     *
     * @return the resource
     */
    public <R extends AutoCloseable> R enterContext(R resource) {
        Objects.requireNonNull(resource, "enterContext was given null for a resource");
        exits.addLast(failure -> close(resource));
        return resource;
    }

    /**
     * Waits for a resource to be opened, and takes care of it. If opening fails, there is nothing to close.
     *
     * <p>Semantics: {@code enter_async_context}.
     *
     * @return a coroutine that gives the resource
     */
    @Async
    public <R extends AutoCloseable> Coroutine<R> enterAsyncContext(Awaitable<R> opening) {
        return Coroutine.of(enterContext(await(opening)));
    }

    /**
     * Asks {@code exit} at the end: it is given what has failed, null if nothing has, and answers true to take that away. The next are then told of no failure.
     *
     * <p>Semantics: {@code push_async_exit} of a function. In {@link #closeAsync}, and so in try-with-resources, only failures of exits that came later are told.
     */
    public void pushAsyncExit(Exit exit) {
        exits.addLast(Objects.requireNonNull(exit, "pushAsyncExit was given null for an exit"));
    }

    /** Calls and awaits {@code callback} at the end. Semantics: {@code push_async_callback}. */
    public void pushAsyncCallback(AsyncCallable<?> callback) {
        Objects.requireNonNull(callback, "pushAsyncCallback was given null for a callback");
        exits.addLast(failure -> call(callback));
    }

    /** Calls {@code callback} at the end. Semantics: {@code callback}. */
    public void callback(Runnable callback) {
        Objects.requireNonNull(callback, "callback was given null");
        exits.addLast(failure -> {
            callback.run();
            return Coroutine.of(false);
        });
    }

    /** Hands all that is to be undone to a new stack, and has nothing left to do itself. Semantics: {@code pop_all}. */
    public AsyncExitStack popAll() {
        AsyncExitStack other = new AsyncExitStack();
        other.exits = exits;
        exits = new ArrayDeque<>();
        return other;
    }

    /**
     * Undoes everything, the latest first. What comes while that goes on is undone, too.
     *
     * <p>Semantics: {@code aclose}.
     *
     * @return a coroutine that fails with the latest failure of an exit, if none took it away
     */
    @Override
    public Coroutine<Void> closeAsync() {
        return unwind(null);
    }

    @Async
    private Coroutine<Void> unwind(@Nullable Throwable before) {
        Throwable failure = before;
        while (!exits.isEmpty()) {
            Exit exit = exits.removeLast();
            Throwable told = failure;
            try {
                if (await(async(() -> exit.run(told)))) {
                    failure = null;
                }
            } catch (Throwable t) {
                if (told != null && told != t) {
                    t.addSuppressed(told);
                }
                failure = t; // the others have their turn before it is thrown
            }
        }
        if (failure != null) {
            throw AsyncExitStack.<RuntimeException>sneaky(failure);
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Boolean> close(AutoCloseable resource) throws Exception {
        if (resource instanceof AsyncCloseable waits) {
            await(waits.closeAsync());
        } else {
            resource.close();
        }
        return Coroutine.of(false);
    }

    @Async
    private static Coroutine<Boolean> call(AsyncCallable<?> callback) throws Exception {
        await(callback.call());
        return Coroutine.of(false);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // the compiler is to believe that the failure is unchecked
    private static <E extends Throwable> RuntimeException sneaky(Throwable failure) throws E {
        throw (E) failure;
    }
}
