package io.github.jasyncio.conformance.random;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.emit;
import static io.github.jasyncio.Asyncio.sleep;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncGenerator;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.GeneratorExit;
import io.github.jasyncio.Task;
import io.github.jasyncio.conformance.Boom;
import io.github.jasyncio.conformance.TraceFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run of a program of async generators: the twin of {@code World} in {@code conformance/generators/programs.py}, method by method, with the same awaits and
 * emits in the same places. Change both.
 */
final class GeneratorWorld {

    private final EventLoop loop = EventLoop.builder().virtualTime().build();
    private final List<String> trace = new ArrayList<>();
    private final Map<String, Node> bodies = new LinkedHashMap<>();
    private final Map<String, Node> programs = new LinkedHashMap<>();
    private final Map<String, AsyncGenerator<Integer>> generators = new LinkedHashMap<>();

    /** None is to be collected. */
    private final List<AsyncGenerator<Integer>> kept = new ArrayList<>();

    private final Map<String, Task<Void>> tasks = new LinkedHashMap<>();
    private int fuel = 200;

    private GeneratorWorld(List<Node> nodes) {
        for (Node node : nodes) {
            (node.word(0).equals("generator") ? bodies : programs).put(node.word(1), node);
        }
    }

    /** The trace of a program. */
    static List<String> run(List<String> lines) {
        GeneratorWorld world = new GeneratorWorld(Node.parse(lines));
        world.loop.setExceptionHandler((loop, context) -> world.log(
                "handler:", TraceFormat.message(String.valueOf(context.get("message"))), context.get("exception")));
        world.loop.runUntilComplete(world.main());
        world.loop.close();
        return List.copyOf(world.trace);
    }

    private void log(@Nullable Object... parts) {
        trace.add(TraceFormat.line(loop.time(), parts));
    }

    private boolean burns() {
        fuel--;
        return fuel >= 0;
    }

    private void renew(String name) {
        AsyncGenerator<Integer> g = generator(name);
        generators.put(name, g);
        kept.add(g);
    }

    @Async
    private AsyncGenerator<Integer> generator(String name) {
        List<Node> steps = requireNonNull(bodies.get(name)).children();
        log(name, "begins");
        try {
            for (Node step : steps.subList(0, steps.size() - 1)) {
                try {
                    for (List<String> words : of(step, "do")) {
                        if (!burns()) {
                            return AsyncGenerator.done();
                        }
                        if (words.get(0).equals("emit")) {
                            log(name, "was sent", emit(Integer.valueOf(words.get(1))));
                        } else if (words.get(0).equals("return")) {
                            return AsyncGenerator.done();
                        } else {
                            await(act(name, words));
                        }
                    }
                } catch (Throwable failure) {
                    log(name, "catches", failure);
                    for (List<String> words : of(step, "except")) {
                        if (words.get(0).equals("emit")) {
                            log(name, "was sent", emit(Integer.valueOf(words.get(1))));
                        } else if (words.get(0).equals("return")) {
                            return AsyncGenerator.done();
                        } else if (words.equals(List.of("raise"))) {
                            throw failure;
                        } else {
                            await(act(name, words));
                        }
                    }
                } finally {
                    log(name, "finally");
                    for (List<String> words : of(step, "finally")) {
                        if (words.get(0).equals("emit")) {
                            log(name, "was sent", emit(Integer.valueOf(words.get(1))));
                        } else {
                            await(act(name, words));
                        }
                    }
                }
            }
        } finally {
            log(name, "last");
            List<String> last = steps.get(steps.size() - 1).words();
            if (last.get(1).equals("emit")) {
                log(name, "was sent", emit(Integer.valueOf(last.get(2))));
            } else {
                await(act(name, last.subList(1, last.size())));
            }
        }
        return AsyncGenerator.done();
    }

    private static List<List<String>> of(Node step, String part) {
        return step.children().stream()
                .filter(node -> node.word(0).equals(part))
                .map(node -> node.words().subList(1, node.words().size()))
                .toList();
    }

    private AsyncGenerator<Integer> named(String name) {
        return requireNonNull(generators.get(name));
    }

    @Async
    private Coroutine<Void> act(String who, List<String> words) {
        String what = words.get(0);
        String on = words.get(1);
        switch (what) {
            case "sleep" -> await(sleep(ms(on)));
            case "raise" -> throw new Boom(who);
            case "next" -> log(who, what, on, "->", await(named(on).next()));
            case "send" -> log(who, what, on, "->", await(named(on).send(Integer.valueOf(words.get(2)))));
            case "throw" -> log(who, what, on, "->", await(named(on).throwInto(new Boom("by " + who))));
            case "exit" -> log(who, what, on, "->", await(named(on).throwInto(new GeneratorExit())));
            case "close" -> log(who, what, on, "->", await(named(on).close()));
            case "for" -> await(goThrough(who, on, Integer.parseInt(words.get(2))));
            case "cancel" -> {
                Task<Void> task = tasks.get(on);
                log(who, what, on, task == null ? null : task.cancel());
            }
            case "renew" -> renew(on);
            default -> throw new IllegalArgumentException(words.toString());
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> goThrough(String who, String name, int times) {
        int left = times;
        AsyncGenerator<Integer> g = named(name);
        while (await(g.hasNext())) {
            log(who, "for", name, await(g.next()));
            left--;
            if (left == 0 || !burns()) {
                break;
            }
        }
        log(who, "for", name, "is over");
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> task(String name) {
        for (Node node : requireNonNull(programs.get(name)).children()) {
            if (!burns()) {
                break;
            }
            try {
                await(act(name, node.words()));
            } catch (Throwable failure) {
                List<@Nullable Object> parts = new ArrayList<>(node.words());
                parts.add(0, name);
                parts.add("raised");
                parts.add(failure);
                log(parts.toArray());
            }
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> main() {
        bodies.keySet().forEach(this::renew);
        programs.keySet().forEach(name -> tasks.put(name, createTask(task(name), name)));
        for (int i = 0; i < 5; i++) {
            await(sleep(ms("10")));
            tasks.values().forEach(Task::cancel);
        }
        log("main", tasks.values().stream().map(Task::isDone).toList());
        await(loop.shutdownAsyncGenerators());
        log("main", "shut down");
        for (String name : bodies.keySet()) {
            try {
                log("main", "next", name, await(named(name).next()));
            } catch (Throwable failure) {
                log("main", "next", name, "raised", failure);
            }
        }
        return Coroutine.done();
    }

    private static Duration ms(String n) {
        return Duration.ofMillis(Long.parseLong(n));
    }
}
