package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitFor;
import static io.github.jasyncio.Asyncio.waitOn;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.ReturnWhen;
import io.github.jasyncio.Task;
import io.github.jasyncio.sync.Event;
import java.util.ArrayList;
import java.util.List;

class EventWaitersTest extends Twin {

    @Async
    private Coroutine<Void> waiter(String name, Event event) {
        log(name, "waits");
        log(name, await(event.waitOn()), "set", event.isSet());
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Event event = new Event();
        List<Task<Void>> tasks = new ArrayList<>();
        for (String n : List.of("a", "b", "c")) {
            tasks.add(createTask(waiter(n, event), n));
        }
        await(sleep(ms(0)));
        tasks.get(1).cancel();
        event.set();
        event.set();
        event.clear();
        log("set and cleared");
        Task<Void> late = createTask(waiter("late", event), "late");
        await(waitOn(tasks, ReturnWhen.ALL_COMPLETED));
        log("b cancelled", tasks.get(1).isCancelled(), "late done", late.isDone());
        event.set();
        getRunningLoop().callSoon(() -> log("a turn of the loop"));
        log("set:", await(event.waitOn()));
        await(late);
        event.clear();
        await(attempt("wait_for", waitFor(event.waitOn(), ms(10))));
        Task<Void> x = createTask(waiter("x", event), "x");
        await(sleep(ms(0)));
        event.set();
        log("cancel after set", x.cancel());
        await(attempt("x", x));
        return Coroutine.done();
    }
}
