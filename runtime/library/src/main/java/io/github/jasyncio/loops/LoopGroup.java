package io.github.jasyncio.loops;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.toThread;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCallable;
import io.github.jasyncio.AsyncCloseable;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.net.ServeOptions;
import io.github.jasyncio.net.StreamHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Loops that run on threads of their own until the group is closed.
 *
 * <p>asyncio has no counterpart. Coroutines come to a loop by {@link #submit} from other coroutines, on whatever loop these run, and by {@link #start} from ordinary
 * code. No work is stolen: a task stays on the loop on which it began. A group is closed by try-with-resources, which waits; in async methods it waits without blocking. A
 * group of one loop is the way to use async methods in a program that is not async.
 *
 * <p>Thread-safe.
 */
public final class LoopGroup implements AsyncCloseable {

    private static final AtomicInteger GROUPS = new AtomicInteger();

    private final String name;
    private final List<Member> members = new ArrayList<>();
    private final List<GroupServer> servers = new CopyOnWriteArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    private LoopGroup(Builder builder) {
        name = builder.name;
        Supplier<EventLoop> factory = builder.loopFactory == null ? null : checked(builder.loopFactory);
        for (int i = 0; i < builder.size; i++) {
            members.add(new Member(name + "-" + i, builder.isDaemon, builder.debug, factory));
        }
        begin();
    }

    /** A loop for each thread: of a loop that is no good the others would hear only when they use it. They ask one after the other. */
    private static Supplier<EventLoop> checked(Supplier<EventLoop> factory) {
        Set<EventLoop> given = Collections.newSetFromMap(new IdentityHashMap<>());
        return () -> {
            EventLoop loop = Objects.requireNonNull(factory.get(), "the loopFactory of a loop group gave null");
            if (!given.add(loop) || loop.isRunning() || loop.isClosed()) {
                throw new IllegalStateException(
                        "the loopFactory of a loop group must give a new loop each time, but gave one that it gave before, that runs or that is closed: "
                                + loop);
            }
            return loop;
        };
    }

    private void begin() {
        List<Member> begun = new ArrayList<>();
        try {
            for (Member member : members) {
                member.begin();
                begun.add(member);
            }
        } catch (Throwable t) {
            begun.forEach(Member::end);
            joinAll(begun);
            throw t;
        }
    }

    /**
     * A group of so many loops, on threads that keep the JVM alive until it is closed. asyncio has no counterpart.
     *
     * @throws IllegalArgumentException if it is not at least one
     */
    public static LoopGroup of(int size) {
        return builder().size(size).build();
    }

    /** A group of as many loops as there are processors. asyncio has no counterpart. */
    public static LoopGroup ofCores() {
        return builder().build();
    }

    /** Makes groups that are not the usual kind. asyncio has no counterpart. */
    public static Builder builder() {
        return new Builder();
    }

    // ------------------------------------------------------------------------------------------------ work

    /**
     * Runs a coroutine on the loop with the least to do, as a task there; begins when awaited. asyncio has no counterpart.
     *
     * <p>It may be awaited on any loop. The context goes along. Cancelling who awaits it cancels the task, and waits until that has ended, as with a task of one's own loop;
     * what it fails with arrives as it was thrown.
     *
     * @return a coroutine that fails with {@link IllegalStateException} if the group is closed, or is closed before the task ends
     */
    public <T> Coroutine<T> submit(AsyncCallable<? extends T> body) {
        Objects.requireNonNull(body, "submit was given null for a body");
        return Submission.awaited(this::leastLoaded, body);
    }

    /**
     * Runs a coroutine on the loop with that number, see {@link #submit}. asyncio has no counterpart.
     *
     * @param index from 0 on
     * @throws IndexOutOfBoundsException if there is no such loop
     */
    public <T> Coroutine<T> submitTo(int index, AsyncCallable<? extends T> body) {
        Objects.requireNonNull(body, "submitTo was given null for a body");
        Member member = member(index);
        return Submission.awaited(() -> member, body);
    }

    /**
     * Begins a coroutine at once on the loop with the least to do, for code that is not async. Semantics: {@code asyncio.run_coroutine_threadsafe}.
     *
     * @return what it comes to; cancelling this cancels the task. Fails with {@link IllegalStateException} if the group is closed, or is closed before the task ends
     */
    public <T> CompletableFuture<T> start(AsyncCallable<? extends T> body) {
        Objects.requireNonNull(body, "start was given null for a body");
        return Submission.begun(leastLoaded(), body);
    }

    /**
     * Serves streams on all loops, see {@link io.github.jasyncio.net.Net#startServer}; the system spreads the connections over them. asyncio has no counterpart:
     * there it is {@code start_server(..., reuse_port=True)} in several processes.
     *
     * @param handler runs on whichever loop has got the connection, so what several connections share must be thread-safe
     * @param host null for all addresses of this machine
     * @param port 0 for any; {@link GroupServer#addresses} tells which
     * @return a coroutine that fails with {@link IOException} if the address cannot be had, and with {@link UnsupportedOperationException} where the system knows no
     *     {@code SO_REUSEPORT}
     */
    public Coroutine<GroupServer> startServer(StreamHandler handler, @Nullable String host, int port)
            throws IOException {
        return startServer(handler, host, port, ServeOptions.DEFAULTS);
    }

    /** The same with options, see {@link #startServer(StreamHandler, String, int)}. */
    @Async
    public Coroutine<GroupServer> startServer(
            StreamHandler handler, @Nullable String host, int port, ServeOptions options) throws IOException {
        Objects.requireNonNull(handler, "startServer was given null for a handler");
        GroupServer server = new GroupServer(this);
        servers.add(server);
        boolean isStarted = false;
        try {
            await(server.start(handler, host, port, options));
            isStarted = true;
        } finally {
            if (!isStarted) {
                server.close();
            }
        }
        return Coroutine.of(server);
    }

    boolean isEnding(int index) {
        return member(index).isEnding();
    }

    void forget(GroupServer server) {
        servers.remove(server);
    }

    private Member leastLoaded() {
        int first = Math.floorMod(next.getAndIncrement(), members.size());
        Member best = members.get(first);
        for (int i = 1; i < members.size(); i++) {
            Member other = members.get((first + i) % members.size());
            // One that has failed has nothing to do, and never will.
            if (best.isEnding() || (!other.isEnding() && other.load() < best.load())) {
                best = other;
            }
        }
        return best;
    }

    private Member member(int index) {
        return members.get(Objects.checkIndex(index, members.size()));
    }

    // ------------------------------------------------------------------------------------------------ state

    /** How many loops there are. asyncio has no counterpart. */
    public int size() {
        return members.size();
    }

    /**
     * The loop with that number, for {@link io.github.jasyncio.Asyncio#runCoroutineThreadsafe} and {@link EventLoop#callSoonThreadsafe}; it must not be closed. asyncio has
     * no counterpart.
     */
    public EventLoop loop(int index) {
        return member(index).loop();
    }

    /**
     * Ends it, and waits: servers stop accepting, all tasks are cancelled and awaited, then the loops close and the threads end. Who waits for a task that was cancelled by
     * this hears of it by {@link IllegalStateException}. Closing twice does nothing. asyncio has no counterpart; for each loop it is {@code Runner.close}.
     *
     * @throws IllegalStateException on a thread of the group's own, for which it would wait for ever
     */
    @Override
    public void close() {
        for (Member member : members) {
            member.checkNotHere();
        }
        beginToEnd();
        joinAll(members);
    }

    private static void joinAll(List<Member> members) {
        boolean isInterrupted = false;
        for (Member member : members) {
            isInterrupted |= member.join();
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The same without blocking the thread, on a loop that is not of this group; {@link #close} for async methods. asyncio has no counterpart.
     *
     * @return a coroutine that is done when all threads have ended; cancelling it does not stop that
     */
    @Override
    @Async
    public Coroutine<Void> closeAsync() {
        for (Member member : members) {
            member.checkNotHere();
        }
        beginToEnd();
        await(toThread(() -> {
            close();
            return null;
        }));
        return Coroutine.done();
    }

    private void beginToEnd() {
        servers.forEach(GroupServer::close);
        members.forEach(Member::end);
    }

    /** For example {@code <LoopGroup loops-1, 2 loops>}. */
    @Override
    public String toString() {
        return "<LoopGroup " + name + ", " + members.size() + (members.size() == 1 ? " loop>" : " loops>");
    }

    /** Makes groups. asyncio has no counterpart. Not thread-safe. */
    public static final class Builder {

        private int size = Runtime.getRuntime().availableProcessors();
        private String name = "loops-" + GROUPS.incrementAndGet();
        private boolean isDaemon;
        private @Nullable Boolean debug;
        private @Nullable Supplier<EventLoop> loopFactory;

        private Builder() {}

        /**
         * How many loops; as many as there are processors if nothing is said. asyncio has no counterpart.
         *
         * @throws IllegalArgumentException if it is not at least one
         */
        public Builder size(int size) {
            if (size < 1) {
                throw new IllegalArgumentException("a loop group needs at least one loop, not " + size);
            }
            this.size = size;
            return this;
        }

        /** What its threads are called, each with its number: {@code http-0}, {@code http-1}. asyncio has no counterpart. */
        public Builder name(String name) {
            this.name = Objects.requireNonNull(name);
            return this;
        }

        /** Whether the JVM may end while the group is open; not if nothing is said. asyncio has no counterpart. */
        public Builder daemon(boolean isDaemon) {
            this.isDaemon = isDaemon;
            return this;
        }

        /** Debug mode of its loops, on or off; as the environment says if nothing is said. Semantics: {@code Runner(debug=debug)}. */
        public Builder debug(boolean debug) {
            this.debug = debug;
            return this;
        }

        /** What makes its loops, each on its own thread, one after the other. Semantics: {@code Runner(loop_factory=factory)}. */
        public Builder loopFactory(Supplier<EventLoop> loopFactory) {
            this.loopFactory = Objects.requireNonNull(loopFactory);
            return this;
        }

        /**
         * Starts the threads; returns when all loops are there. If one of them cannot be made, this fails with what that failed with, and nothing is left of the others.
         * asyncio has no counterpart.
         *
         * @throws IllegalStateException if the loop factory gives a loop twice, or one that runs or is closed
         */
        public LoopGroup build() {
            return new LoopGroup(this);
        }
    }
}
