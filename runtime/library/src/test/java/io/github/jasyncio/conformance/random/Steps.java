package io.github.jasyncio.conformance.random;

import static io.github.jasyncio.Asyncio.asCompleted;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.taskGroup;
import static io.github.jasyncio.Asyncio.timeout;
import static io.github.jasyncio.Asyncio.timeoutAt;
import static io.github.jasyncio.Asyncio.waitFor;
import static io.github.jasyncio.Asyncio.waitOn;
import static io.github.jasyncio.conformance.random.World.delay;
import static io.github.jasyncio.conformance.random.World.ms;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.ExceptionGroup;
import io.github.jasyncio.Future;
import io.github.jasyncio.ReturnWhen;
import io.github.jasyncio.Task;
import io.github.jasyncio.WaitResult;
import io.github.jasyncio.conformance.Boom;
import io.github.jasyncio.sync.Barrier;
import io.github.jasyncio.sync.Condition;
import io.github.jasyncio.sync.Event;
import io.github.jasyncio.sync.Lock;
import io.github.jasyncio.sync.Queue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that suspend: control flow and awaits.
 *
 * <p>The twin of {@code interpret.py}, method by method, with the same awaits in the same places. Change both.
 */
final class Steps {

    /** Nodes that a program may execute; then its blocks are empty. */
    private int fuel = 300;

    private final World world;
    private final Map<String, Node> bodies;
    private final boolean isEager;
    private final Calls calls;

    Steps(World world, Map<String, Node> bodies, Map<String, Node> callbacks, boolean isEager) {
        this.world = world;
        this.bodies = bodies;
        this.isEager = isEager;
        this.calls = new Calls(world, this, callbacks);
    }

    // ------------------------------------------------------------------------------------------------ control flow

    @Async
    Coroutine<Object> body(String name, Who who, boolean isInGroup) {
        if (isInGroup && isEager) {
            // What fails while it is started eagerly, in a group, is another thing in CPython 3.13.2 than in 3.13.0.
            await(sleep(Duration.ZERO));
        }
        world.log(who.name(), List.of(name), "begins");
        Object result;
        try {
            result = await(block(requireNonNull(bodies.get(name)).children(), who));
        } catch (Throwable failure) {
            world.log(who.name(), List.of(name), "raises", failure);
            throw failure;
        }
        world.log(who.name(), List.of(name), "ends", result);
        return Coroutine.of(result);
    }

    /** Gives null, or what a {@code return} in it has returned. */
    @Async
    private Coroutine<@Nullable Object> block(List<Node> nodes, Who who) {
        for (Node node : nodes) {
            if (fuel == 0) {
                return Coroutine.done();
            }
            fuel--;
            Object result = await(step(node, who));
            if (result != null) {
                return Coroutine.of(result);
            }
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<@Nullable Object> step(Node node, Who who) {
        List<String> words = node.words();
        if (words.get(0).equals("return")) {
            return Coroutine.of(words.get(1));
        }
        try {
            world.check(words);
            Coroutine<@Nullable Object> control = control(node, who);
            if (control != null) {
                Object result = await(control);
                return Coroutine.of(result);
            }
            Coroutine<@Nullable Object> awaited = awaited(words, who);
            if (awaited == null) {
                calls.call(node, who);
            } else {
                world.log(who.name(), words, "->", await(awaited));
            }
        } catch (Skip reason) {
            world.log(who.name(), words, "skipped:", reason.getMessage());
        }
        return Coroutine.done();
    }

    private @Nullable Coroutine<@Nullable Object> control(Node node, Who who) {
        return switch (node.word(0)) {
            case "try" -> attempt(node, who);
            case "repeat" -> repeat(node, who);
            case "timeout" -> timeoutOf(node, who);
            case "timeout_at" -> timeoutAtOf(node, who);
            case "group" -> group(node, who);
            case "with" -> hold(node, who);
            case "as_completed" -> allCompleted(node, who);
            default -> null;
        };
    }

    @Async
    private Coroutine<@Nullable Object> attempt(Node node, Who who) {
        Node handler = node.child("except");
        Node last = node.child("finally");
        Object result;
        try {
            result = await(block(requireNonNull(node.child("do")).children(), who));
        } catch (Throwable failure) {
            if (handler == null || !matches(handler.word(1), failure)) {
                throw failure;
            }
            world.log(who.name(), List.of(), "catches", failure);
            result = await(block(handler.children(), who));
        } finally {
            if (last != null) {
                world.log(who.name(), List.of(), "finally");
                await(block(last.children(), who));
            }
        }
        return Coroutine.of(result);
    }

    private static boolean matches(String kind, Throwable failure) {
        if (failure instanceof Skip) {
            throw new AssertionError("nodes are skipped where they stand", failure);
        }
        return switch (kind) {
            case "any" -> true;
            case "exception" -> failure instanceof Exception;
            case "cancelled" -> failure instanceof CancelledError;
            case "boom" -> failure instanceof Boom;
            case "timeout" -> failure instanceof AsyncTimeoutException;
            case "group" -> failure instanceof ExceptionGroup;
            default -> throw new IllegalArgumentException(kind);
        };
    }

    @Async
    private Coroutine<@Nullable Object> repeat(Node node, Who who) {
        int times = Integer.parseInt(node.word(1));
        for (int i = 0; i < times; i++) {
            Object result = await(block(node.children(), who));
            if (result != null) {
                return Coroutine.of(result);
            }
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<@Nullable Object> timeoutOf(Node node, Who who) {
        return timeout(delay(node.word(2)), timeout -> {
            world.put(node.word(1), timeout);
            return block(node.children(), who);
        });
    }

    @Async
    private Coroutine<@Nullable Object> timeoutAtOf(Node node, Who who) {
        return timeoutAt(world.after(ms(Integer.parseInt(node.word(2)))), timeout -> {
            world.put(node.word(1), timeout);
            return block(node.children(), who);
        });
    }

    @Async
    private Coroutine<@Nullable Object> group(Node node, Who who) {
        return taskGroup(group -> {
            world.put(node.word(1), group);
            return block(node.children(), who);
        });
    }

    /** Both ways to write {@code async with}. */
    @Async
    private Coroutine<@Nullable Object> hold(Node node, Who who) {
        Object resource = world.get(node.word(1));
        if (resource instanceof Lock lock) {
            return lock.with(() -> held(node, who));
        }
        Object result;
        await(SyncCalls.acquire(resource));
        try {
            result = await(held(node, who));
        } finally {
            SyncCalls.release(resource);
        }
        return Coroutine.of(result);
    }

    @Async
    private Coroutine<@Nullable Object> held(Node node, Who who) {
        world.log(who.name(), List.of(), "holds", node.word(1));
        return block(node.children(), who);
    }

    @Async
    private Coroutine<@Nullable Object> allCompleted(Node node, Who who) {
        List<String> names = node.words().subList(3, node.words().size());
        List<Awaitable<Object>> items = calls.items(names, who.name() + ".as");
        Iterator<Coroutine<Object>> completed =
                asCompleted(items, delay(node.word(1))).iterator();
        while (completed.hasNext()) {
            try {
                world.log(who.name(), List.of(), "completed", await(completed.next()));
            } catch (Throwable failure) {
                if (!matches(node.word(2), failure)) {
                    throw failure;
                }
                world.log(who.name(), List.of(), "completed with", failure);
            }
            Object result = await(block(node.children(), who));
            if (result != null) {
                return Coroutine.of(result);
            }
        }
        return Coroutine.done();
    }

    // ------------------------------------------------------------------------------------------------ awaits

    private @Nullable Coroutine<@Nullable Object> awaited(List<String> words, Who who) {
        return switch (words.get(0)) {
            case "sleep" -> sleepOf(words);
            case "await" -> awaitOf(words, who);
            case "await_self" -> awaitSelf();
            case "wait_for" -> waitForOf(words, who);
            case "wait" -> waitOf(words);
            case "acquire" -> acquire(words);
            case "wait_here" -> waitHere(words);
            case "wait_until" -> waitUntil(words);
            case "abort" -> abort(words);
            case "reset" -> reset(words);
            case "put" -> put(words);
            case "get" -> get(words);
            case "join" -> join(words);
            default -> null;
        };
    }

    @Async
    private Coroutine<@Nullable Object> sleepOf(List<String> words) {
        return Coroutine.of(await(sleep(ms(Integer.parseInt(words.get(1))))));
    }

    @Async
    private Coroutine<@Nullable Object> awaitOf(List<String> words, Who who) {
        String name = words.get(1);
        world.checkRank(name, who);
        if (name.startsWith("c")) {
            return Coroutine.of(await(body(name, who, false)));
        }
        return Coroutine.of(await(world.<Future<Object>>get(name)));
    }

    @Async
    private Coroutine<@Nullable Object> awaitSelf() {
        Task<?> task = requireNonNull(currentTask());
        world.awaitsItself(task);
        return Coroutine.of(await(task));
    }

    @Async
    private Coroutine<@Nullable Object> waitForOf(List<String> words, Who who) {
        String name = words.get(2);
        world.checkRank(name, who);
        Duration limit = delay(words.get(1));
        if (name.startsWith("c")) {
            boolean isInPlace = limit == null || limit.compareTo(Duration.ZERO) > 0;
            Who runner = isInPlace ? who : new Who(who.name() + ".wf", world.newRank());
            return Coroutine.of(await(waitFor(body(name, runner, false), limit)));
        }
        return Coroutine.of(await(waitFor(world.<Future<Object>>get(name), limit)));
    }

    @Async
    private Coroutine<@Nullable Object> waitOf(List<String> words) {
        ReturnWhen mode =
                switch (words.get(1)) {
                    case "first" -> ReturnWhen.FIRST_COMPLETED;
                    case "exception" -> ReturnWhen.FIRST_EXCEPTION;
                    default -> ReturnWhen.ALL_COMPLETED;
                };
        List<Future<Object>> futures = new ArrayList<>();
        words.subList(3, words.size()).forEach(name -> futures.add(world.get(name)));
        WaitResult<Object> result = await(waitOn(futures, mode, delay(words.get(2))));
        return Coroutine.of(List.of(world.sortedNames(result.done()), world.sortedNames(result.pending())));
    }

    @Async
    private Coroutine<@Nullable Object> acquire(List<String> words) {
        return Coroutine.of(await(SyncCalls.acquire(world.get(words.get(1)))));
    }

    @Async
    private Coroutine<@Nullable Object> waitHere(List<String> words) {
        Object place = world.get(words.get(1));
        if (place instanceof Event event) {
            return Coroutine.of(await(event.waitOn()));
        }
        if (place instanceof Condition condition) {
            return Coroutine.of(await(condition.waitOn()));
        }
        return Coroutine.of(await(((Barrier) place).waitOn()));
    }

    @Async
    private Coroutine<@Nullable Object> waitUntil(List<String> words) {
        int count = Integer.parseInt(words.get(2));
        Condition condition = world.get(words.get(1));
        return Coroutine.of(await(condition.waitFor(() -> world.counter >= count)));
    }

    @Async
    private Coroutine<@Nullable Object> abort(List<String> words) {
        return Coroutine.of(await(world.<Barrier>get(words.get(1)).abort()));
    }

    @Async
    private Coroutine<@Nullable Object> reset(List<String> words) {
        return Coroutine.of(await(world.<Barrier>get(words.get(1)).reset()));
    }

    @Async
    private Coroutine<@Nullable Object> put(List<String> words) {
        return Coroutine.of(await(world.<Queue<Object>>get(words.get(1)).put(Integer.valueOf(words.get(2)))));
    }

    @Async
    private Coroutine<@Nullable Object> get(List<String> words) {
        return Coroutine.of(await(world.<Queue<Object>>get(words.get(1)).get()));
    }

    @Async
    private Coroutine<@Nullable Object> join(List<String> words) {
        return Coroutine.of(await(world.<Queue<Object>>get(words.get(1)).join()));
    }
}
