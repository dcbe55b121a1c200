package io.github.jasyncio.testing.junit;

import io.github.jasyncio.Asyncio;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Handle;
import io.github.jasyncio.Task;
import io.github.jasyncio.internal.introspection.LoopView;
import io.github.jasyncio.internal.introspection.OpenChannel;
import io.github.jasyncio.testing.Leftover;
import io.github.jasyncio.testing.network.Wire;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a test has left behind, as one failure. */
final class LeftBehind {

    private final Set<Leftover> allowed;
    private final List<AssertionError> findings = new ArrayList<>();

    LeftBehind(Set<Leftover> allowed) {
        this.allowed = allowed;
    }

    /** Hears what debug mode has to say of the loop, on any thread. */
    void complain(String complaint) {
        if (!allowed.contains(Leftover.COROUTINES)) {
            add(new AssertionError(complaint));
        }
    }

    synchronized void add(AssertionError finding) {
        findings.add(finding);
    }

    /** Looks for what waits on the loop, before anybody tidies up. */
    void look(EventLoop loop, LoopView view) {
        if (!allowed.contains(Leftover.TIMERS)) {
            for (Handle timer : view.timers()) {
                if (!timer.isCancelled() && !timer.toString().contains(Wire.WHAT_IT_DOES)) {
                    add(new AssertionError("a timer has not run: " + timer
                            + "\n    cancel it, or wait for it; or say @AsyncTest(mayLeave = Leftover.TIMERS)"));
                }
            }
        }
        if (!allowed.contains(Leftover.EXECUTORS) && view.callsElsewhere() > 0) {
            add(new AssertionError(view.callsElsewhere() + " calls still run on other threads"
                    + "\n    await them; or say @AsyncTest(mayLeave = Leftover.EXECUTORS)"));
        }
        if (!allowed.contains(Leftover.GENERATORS)) {
            for (String generator : view.openGenerators()) {
                add(new AssertionError("an async generator is open: " + generator
                        + "\n    go through it to its end, or close it: try (var closing = generator.closing()) {...};"
                        + " or say @AsyncTest(mayLeave = Leftover.GENERATORS)"));
            }
        }
        Set<Object> owners = new HashSet<>(); // a server may have several sockets
        // What the test itself has opened says more than the other end of it.
        List<OpenChannel> channels = new ArrayList<>(view.openChannels());
        channels.sort(Comparator.comparing(channel -> places("", channel).isEmpty()));
        for (OpenChannel open : channels) {
            boolean isServer = open.channel() instanceof ServerSocketChannel;
            Leftover kind = isServer ? Leftover.SERVERS : Leftover.CONNECTIONS;
            if (!allowed.contains(kind) && owners.add(open.owner())) {
                add(new AssertionError(isServer ? server(open) : connection(open)));
            }
        }
        if (!allowed.contains(Leftover.TASKS)) {
            for (Task<?> task : Asyncio.allTasks(loop)) {
                if (task.cancelling() == 0) {
                    add(new AssertionError("a task is not done: " + task + "\n"
                            + Asyncio.formatCallGraph(task).stripTrailing()
                            + "\n    await it, cancel it, or create it in a TaskGroup;"
                            + " or say @AsyncTest(mayLeave = Leftover.TASKS)"));
                }
            }
        }
    }

    private static String server(OpenChannel open) {
        return "a server still listens: " + open.owner() + places("started at", open)
                + "\n    close it: server.close(), and await(server.waitClosed()) for its connections;"
                + " or say @AsyncTest(mayLeave = Leftover.SERVERS)";
    }

    private static String connection(OpenChannel open) {
        String places = places("opened at", open);
        return "a connection is open: " + open.owner()
                + (places.isEmpty() ? "\naccepted by a server, whose handler has to close it" : places)
                + "\n    close it: writer.close(), transport.close(), or openConnection in try (...);"
                + " or say @AsyncTest(mayLeave = Leftover.CONNECTIONS)";
    }

    private static String places(String title, OpenChannel open) {
        List<StackTraceElement> places = open.madeAt().stream()
                .filter(place -> !place.getClassName().matches("io\\.github\\.jasyncio\\.(net\\.)?[A-Z][\\w$]*"))
                .toList();
        StringBuilder text = new StringBuilder(places.isEmpty() ? "" : "\n" + title);
        places.forEach(place -> text.append("\n    at ").append(place));
        return text.toString();
    }

    /** Throws what was found: the one finding, or all of them in one. */
    synchronized void check() {
        if (findings.isEmpty()) {
            return;
        }
        AssertionError first = findings.get(0);
        AssertionError all = findings.size() == 1
                ? new AssertionError("the test has left something behind: " + first.getMessage(), first.getCause())
                : new AssertionError(
                        "the test has left " + findings.size() + " things behind; the first: " + first.getMessage(),
                        first.getCause());
        findings.stream().skip(1).forEach(all::addSuppressed);
        throw all;
    }
}
