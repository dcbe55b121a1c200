package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitOn;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.ReturnWhen;
import io.github.jasyncio.Task;
import io.github.jasyncio.WaitResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * wait() never raises what its tasks raise and cancels nothing; it says which are done and which are not.
 */
class WaitModesTest extends Twin {

    private record Spec(String name, Duration delay, String how) {

        Spec(String name, Duration delay) {
            this(name, delay, "ends");
        }
    }

    @Async
    private Coroutine<Void> job(String name, Duration delay, String how) {
        await(sleep(delay));
        log(name, how);
        if (how.equals("fails")) {
            throw new Boom(name);
        }
        return Coroutine.done();
    }

    private List<Task<Void>> make(Spec... specs) {
        List<Task<Void>> tasks = new ArrayList<>();
        for (Spec s : specs) {
            tasks.add(createTask(job(s.name(), s.delay(), s.how()), s.name()));
        }
        return tasks;
    }

    @Async
    private Coroutine<Set<Future<Void>>> show(
            String what, Collection<? extends Future<Void>> tasks, ReturnWhen returnWhen) {
        WaitResult<Void> result = await(waitOn(tasks, returnWhen));
        log(what, "done", names(result.done()), "pending", names(result.pending()));
        return Coroutine.of(result.pending());
    }

    @Async
    @Override
    Coroutine<Void> main() {
        ReturnWhen first = ReturnWhen.FIRST_COMPLETED;
        ReturnWhen failure = ReturnWhen.FIRST_EXCEPTION;
        await(show("all", make(new Spec("a", ms(20)), new Spec("b", ms(10), "fails")), ReturnWhen.ALL_COMPLETED));
        Collection<? extends Future<Void>> left = make(
                new Spec("c", ms(20)), new Spec("d", ms(10), "fails"), new Spec("e", ms(10)), new Spec("f", ms(30)));
        while (!left.isEmpty()) {
            left = await(show("first", List.copyOf(left), first));
        }
        List<Task<Void>> tasks = make(
                new Spec("g", ms(10)),
                new Spec("h", ms(20), "fails"),
                new Spec("i", ms(30)),
                new Spec("j", ms(20), "fails"));
        await(show("failure", tasks, failure));
        await(show("no failure left", List.of(tasks.get(0), tasks.get(2)), failure));
        await(show("failed before", tasks, failure));
        tasks = make(new Spec("k", ms(20)), new Spec("l", ms(30)));
        getRunningLoop().callLater(ms(10), tasks.get(0)::cancel);
        await(show("a cancelled task is no failure", tasks, failure));
        for (Task<Void> t : tasks) {
            log(t.getName(), "cancelled", t.isCancelled());
        }
        return Coroutine.done();
    }
}
