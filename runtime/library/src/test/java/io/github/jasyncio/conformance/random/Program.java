package io.github.jasyncio.conformance.random;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.conformance.random.World.ms;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Handle;
import io.github.jasyncio.Task;
import io.github.jasyncio.TaskFactory;
import io.github.jasyncio.conformance.TraceFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A run of a program: the twin of {@code Program} in {@code interpret.py}. */
final class Program {

    /** When a program that has not ended is cancelled. */
    private static final int WATCHDOG_MS = 10_000;

    /** How often it is cancelled before the loop is stopped. */
    private static final int PATIENCE = 20;

    private static final int DRAIN_MS = 100;

    private final World world = new World();
    private final boolean isEager;
    private final Steps steps;
    private @Nullable Handle watchdog;

    private Program(List<Node> nodes) {
        isEager = nodes.stream().anyMatch(node -> node.word(0).equals("eager"));
        steps = new Steps(world, named(nodes, "body"), named(nodes, "callback"), isEager);
        nodes.stream().filter(node -> node.word(0).equals("new")).forEach(node -> world.make(node.words()));
    }

    private static Map<String, Node> named(List<Node> nodes, String kind) {
        return nodes.stream()
                .filter(node -> node.word(0).equals(kind))
                .collect(Collectors.toMap(node -> node.word(1), node -> node));
    }

    /** The trace of a program. */
    static List<String> run(List<String> lines) {
        return new Program(Node.parse(lines)).run();
    }

    private List<String> run() {
        world.loop.setExceptionHandler((loop, context) -> handleException(context));
        try {
            world.loop.runUntilComplete(main());
        } catch (Throwable failure) {
            log("main raised", failure);
        }
        world.loop.runUntilComplete(drain());
        List<String> lines = List.copyOf(world.lines);
        world.loop.close();
        return lines;
    }

    private void handleException(Map<String, ?> context) {
        String message = TraceFormat.message(String.valueOf(context.get("message")));
        if (message.endsWith("never retrieved") || message.equals("Task was destroyed but it is pending!")) {
            return; // depends on the garbage collector
        }
        if (context.containsKey("exception")) {
            log("handler:", message, context.get("exception"));
        } else {
            log("handler:", message);
        }
    }

    @Async
    private Coroutine<Void> main() {
        Task<?> main = requireNonNull(currentTask());
        main.setName("t0");
        world.put("=t0", main, 0);
        world.tasks.add(main);
        if (isEager) {
            world.loop.setTaskFactory(TaskFactory.EAGER);
        }
        watchdog = world.loop.callLater(ms(WATCHDOG_MS), () -> watch(main, 1));
        try {
            await(steps.body("c0", new Who("main", 0), false));
        } finally {
            watchdog.cancel();
        }
        return Coroutine.done();
    }

    private void watch(Task<?> main, int times) {
        log("watchdog", times);
        if (times == PATIENCE) {
            world.loop.stop();
        } else {
            main.cancel();
            watchdog = world.loop.callLater(ms(1), () -> watch(main, times + 1));
        }
    }

    @Async
    private Coroutine<Void> drain() {
        log("drain");
        for (Task<?> task : world.tasks) {
            if (!task.isDone()) {
                task.cancel();
            }
        }
        await(sleep(ms(DRAIN_MS)));
        return Coroutine.done();
    }

    private void log(String who, @Nullable Object... parts) {
        world.log(who, List.of(), parts);
    }
}
