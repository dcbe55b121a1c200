package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.timeout;
import static io.github.jasyncio.Asyncio.waitFor;

import io.github.jasyncio.Async;
import io.github.jasyncio.Context;
import io.github.jasyncio.ContextVar;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;

/**
 * A task runs in a copy of the context in which it was made: it sees what was set before, and its own changes stay
 * with it. An awaited coroutine shares its caller's context.
 */
class ContextTasksTest extends Twin {

    private final ContextVar<String> var = new ContextVar<>("var", "default");

    @Async
    private Coroutine<ContextVar.Token<String>> job(String name, String value) {
        log(name, "starts with", var.get());
        ContextVar.Token<String> token = var.set(value);
        await(sleep(ms(1)));
        log(name, "has", var.get());
        return Coroutine.of(token);
    }

    @Async
    private Coroutine<Void> resets() {
        ContextVar.Token<String> token = var.set("inner");
        log("set", var.get());
        await(sleep(ms(0)));
        var.reset(token);
        log("reset", var.get());
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        var.set("main's");
        Task<?> a = createTask(job("a", "a's"));
        var.set("main's second");
        Task<?> b = createTask(job("b", "b's"));
        await(a);
        await(b);
        log("main has", var.get());
        await(job("coroutine", "the coroutine's"));
        log("main has", var.get());
        await(gather(job("gathered", "g"), resets()));
        log("main has", var.get());
        await(waitFor(job("waited for", "w"), ms(1000))); // runs in main's own task, and so in its context
        log("main has", var.get());
        Context context = Context.copyContext();
        context.run(() -> var.set("given"));
        Task<?> t = createTask(job("t", "t's"), null, context);
        await(t);
        log("main has", var.get(), "the given context", context.get(var), t.getContext() == context);
        await(timeout(ms(1000), deadline -> {
            var.set("in the body");
            return Coroutine.done();
        }));
        log("main has", var.get());
        return Coroutine.done();
    }
}
