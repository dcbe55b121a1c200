package io.github.jasyncio.transform.targets.java8;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.transform.harness.Probes.at;
import static io.github.jasyncio.transform.harness.Probes.fail;
import static io.github.jasyncio.transform.harness.Probes.io;
import static io.github.jasyncio.transform.harness.Probes.log;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import java.io.IOException;

/** Awaits around try-with-resources. */
class ResourcesTarget {

    static final class Resource implements AutoCloseable {

        final String name;
        final boolean fails;

        Resource(String name, boolean fails) {
            this.name = name;
            this.fails = fails;
            log("open " + name);
        }

        String use() {
            return "use " + name;
        }

        @Override
        public void close() throws IOException {
            log("close " + name);
            if (fails) {
                throw new IOException("close " + name);
            }
        }
    }

    @Async
    private static Coroutine<Resource> open(String name) {
        return Coroutine.of(new Resource(name, await(at(false))));
    }

    @Async
    static Coroutine<String> await_in_initialiser_and_body() throws Exception {
        try (Resource r = await(open("r"))) {
            return Coroutine.of(r.use() + await(at("body")));
        }
    }

    @Async
    static Coroutine<String> two_resources() throws Exception {
        String s = "";
        try (Resource a = await(open("a"));
                Resource b = new Resource("b" + await(at(1)), false)) {
            s += a.use() + await(at("body")) + b.use();
        }
        return Coroutine.of(s + await(at("after")));
    }

    @Async
    static Coroutine<String> null_resource() throws Exception {
        try (Resource r = await(at((Resource) null))) {
            return Coroutine.of("r is " + r + await(at(1)));
        }
    }

    @Async
    static Coroutine<String> failing_close() throws Exception {
        try (Resource r = new Resource("r", true)) {
            log(await(at("body")) + r.use());
        }
        return Coroutine.of("not reached");
    }

    @Async
    static Coroutine<String> failing_body_and_close() throws Exception {
        try (Resource r = new Resource("r", true);
                Resource q = await(open("q"))) {
            log(await(at("body")) + r.use() + q.use());
            fail("body");
        }
        return Coroutine.of("not reached");
    }

    @Async
    static Coroutine<String> with_catch_and_finally() {
        String s = "";
        try (Resource r = await(open("r"))) {
            s += r.use() + await(at("body"));
            fail("body");
        } catch (IllegalStateException e) {
            s += e.getMessage() + await(at("catch"));
        } catch (Exception e) {
            s += e + await(at("other"));
        } finally {
            s += await(at("finally"));
        }
        return Coroutine.of(s);
    }

    @Async
    static Coroutine<Integer> in_a_loop_with_continue_and_break() throws Exception {
        int n = 0;
        for (int i = 0; i < 5; i++) {
            try (Resource r = new Resource("r" + i, false)) {
                if (await(at(i)) == 1) {
                    continue;
                }
                if (i == 3) {
                    break;
                }
                n += r.use().length();
            }
        }
        return Coroutine.of(n);
    }

    @Async
    static Coroutine<String> body_that_does_not_await() throws Exception {
        String s;
        try (Resource r = new Resource("r", false)) {
            s = r.use();
        }
        return Coroutine.of(s + await(at(1)));
    }
}
