package io.github.jasyncio.conformance.random;

import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.ensureFuture;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.gatherOutcomes;
import static io.github.jasyncio.Asyncio.shield;
import static io.github.jasyncio.conformance.random.World.delay;
import static io.github.jasyncio.conformance.random.World.ms;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Context;
import io.github.jasyncio.ContextVar;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.Handle;
import io.github.jasyncio.Task;
import io.github.jasyncio.TaskGroup;
import io.github.jasyncio.Timeout;
import io.github.jasyncio.conformance.Boom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The operations that are plain calls, of tasks, futures, callbacks, timeouts and contexts: those of {@code interpret.py} by the same names. */
final class Calls {

    private final World world;
    private final Steps steps;
    private final SyncCalls syncCalls;
    private final Map<String, Node> callbackNodes;
    private final Map<String, Callback> callbacks = new HashMap<>();

    Calls(World world, Steps steps, Map<String, Node> callbackNodes) {
        this.world = world;
        this.steps = steps;
        this.callbackNodes = callbackNodes;
        this.syncCalls = new SyncCalls(world);
    }

    /** What fails is logged, and goes on outwards only if the line begins with {@code !}. */
    void call(Node node, Who who) {
        boolean isStrict = node.word(0).equals("!");
        List<String> words = isStrict ? node.words().subList(1, node.words().size()) : node.words();
        Object value;
        try {
            world.check(words);
            value = value(words);
        } catch (Skip reason) {
            world.log(who.name(), words, "skipped:", reason.getMessage());
            return;
        } catch (Throwable failure) {
            world.log(who.name(), words, "raised", failure);
            if (isStrict) {
                throw failure;
            }
            return;
        }
        if (value == null) {
            world.log(who.name(), words);
        } else {
            world.log(who.name(), words, "->", value);
        }
    }

    /** What an operation gives, null for nothing. */
    private @Nullable Object value(List<String> words) {
        return switch (words.get(0)) {
            case "log" -> null;
            case "raise" -> raise(words);
            case "count" -> ++world.counter;
            case "task" -> task(words);
            case "task_in" -> taskIn(words);
            case "ensure" -> ensure(words);
            case "gather" -> gathering(words);
            case "shield" -> shielding(words);
            case "cancel" ->
                words.size() > 2
                        ? future(words).cancel(words.get(2))
                        : future(words).cancel();
            case "uncancel" -> world.<Task<?>>get(words.get(1)).uncancel();
            case "cancelling" -> world.<Task<?>>get(words.get(1)).cancelling();
            case "state" -> List.of(future(words).isDone(), future(words).isCancelled());
            case "result" -> future(words).result();
            case "exception" -> future(words).exception();
            case "me" -> me();
            case "remove_callback" -> future(words).removeDoneCallback(callback(words.get(2)));
            case "cancel_handle" -> cancelHandle(world.get(words.get(1)));
            case "deadline" -> deadline(world.get(words.get(1)));
            case "get_variable" -> world.<ContextVar<String>>get(words.get(1)).get();
            case "future",
                    "set_result",
                    "set_exception",
                    "add_callback",
                    "call_soon",
                    "call_later",
                    "call_at",
                    "reschedule",
                    "set_variable",
                    "copy_context",
                    "run_in" -> {
                run(words);
                yield null;
            }
            default -> syncCalls.value(words);
        };
    }

    /** The operations that give nothing. */
    private void run(List<String> words) {
        String name = words.get(1);
        switch (words.get(0)) {
            case "future" -> world.put(name, world.loop.createFuture());
            case "set_result" -> future(words).setResult(words.get(2));
            case "set_exception" -> future(words).setException(new Boom(words.get(2)));
            case "add_callback" -> future(words).addDoneCallback(callback(words.get(2)));
            case "call_soon" -> {
                Context context = words.size() > 3 ? world.get(words.get(3)) : null;
                world.put(name, world.loop.callSoon(callback(words.get(2)), context));
            }
            case "call_later" -> {
                Duration delay = ms(Integer.parseInt(words.get(3)));
                world.put(name, world.loop.callLater(delay, callback(words.get(2))));
            }
            case "call_at" -> {
                long when = world.after(ms(Integer.parseInt(words.get(3))));
                world.put(name, world.loop.callAt(when, callback(words.get(2))));
            }
            case "reschedule" -> {
                Duration delay = delay(words.get(2));
                world.<Timeout>get(name).reschedule(delay == null ? null : world.after(delay));
            }
            case "set_variable" -> world.<ContextVar<String>>get(name).set(words.get(2));
            case "copy_context" -> world.put(name, Context.copyContext());
            case "run_in" -> world.<Context>get(name).run((Runnable) callback(words.get(2)));
            default -> throw new IllegalArgumentException(words.toString());
        }
    }

    private Future<Object> future(List<String> words) {
        return world.get(words.get(1));
    }

    private static Object raise(List<String> words) {
        switch (words.get(1)) {
            case "boom" -> throw new Boom(words.get(2));
            case "timeout" -> throw new AsyncTimeoutException("raised by the program");
            default -> throw new CancelledError();
        }
    }

    // ------------------------------------------------------------------------------------------------ what makes
    // futures

    private @Nullable Object task(List<String> words) {
        String name = words.get(1);
        int rank = world.newRank();
        Coroutine<Object> coroutine = steps.body(words.get(2), new Who(name.substring(1), rank), false);
        Context context = words.size() > 3 ? world.get(words.get(3)) : null;
        world.tasks.add(world.put(name, world.loop.createTask(coroutine, name.substring(1), context), rank));
        return null;
    }

    private @Nullable Object taskIn(List<String> words) {
        String name = words.get(2);
        int rank = world.newRank();
        TaskGroup group = world.get(words.get(1));
        Coroutine<Object> coroutine = steps.body(words.get(3), new Who(name.substring(1), rank), true);
        world.tasks.add(world.put(name, group.createTask(coroutine, name.substring(1)), rank));
        return null;
    }

    private @Nullable Object ensure(List<String> words) {
        int rank = rankOf(words.get(2));
        world.put(words.get(1), ensureFuture(item(words.get(2), words.get(1).substring(1))), rank);
        return null;
    }

    private @Nullable Object shielding(List<String> words) {
        int rank = rankOf(words.get(2));
        world.put(words.get(1), shield(item(words.get(2), words.get(1).substring(1))), rank);
        return null;
    }

    private int rankOf(String word) {
        return word.startsWith("c") ? world.newRank() : world.lowestRank(List.of(word));
    }

    private @Nullable Object gathering(List<String> words) {
        List<String> names = words.subList(3, words.size());
        int rank = Math.min(world.newRank(), world.lowestRank(names));
        List<Awaitable<Object>> items = items(names, words.get(1).substring(1));
        world.put(words.get(1), words.get(2).equals("outcomes") ? gatherOutcomes(items) : gather(items), rank);
        return null;
    }

    /** A future by its name, or a new coroutine of a body, which is to run in a task of its own. */
    private Awaitable<Object> item(String word, String label) {
        return word.startsWith("c") ? steps.body(word, new Who(label, world.newRank()), false) : world.get(word);
    }

    List<Awaitable<Object>> items(List<String> names, String label) {
        List<Awaitable<Object>> items = new ArrayList<>();
        for (String name : names) {
            items.add(item(name, label + "." + items.size()));
        }
        return items;
    }

    // ------------------------------------------------------------------------------------------------ the rest

    private Object me() {
        Task<?> task = currentTask();
        return task == null ? "nobody" : List.of(world.nameOf(task), task.cancelling());
    }

    private static Object cancelHandle(Handle handle) {
        boolean before = handle.isCancelled();
        handle.cancel();
        return List.of(before, handle.isCancelled());
    }

    private static Object deadline(Timeout timeout) {
        Long when = timeout.when();
        return List.of(when == null ? "none" : when / 1_000_000, timeout.expired());
    }

    private Callback callback(String name) {
        return callbacks.computeIfAbsent(name, Callback::new);
    }

    /** The same object each time, so that it can be removed; for handles and for futures. */
    private final class Callback implements Runnable, Consumer<Future<Object>> {

        private final String name;

        Callback(String name) {
            this.name = name;
        }

        @Override
        public void accept(Future<Object> future) {
            world.log(name, List.of(), "is called for", world.nameOf(future));
            callAll();
        }

        @Override
        public void run() {
            world.log(name, List.of(), "is called");
            callAll();
        }

        private void callAll() {
            for (Node node : requireNonNull(callbackNodes.get(name)).children()) {
                call(node, new Who(name, 0));
            }
        }
    }
}
