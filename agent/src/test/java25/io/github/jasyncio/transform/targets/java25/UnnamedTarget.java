package io.github.jasyncio.transform.targets.java25;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.transform.harness.Probes.at;
import static io.github.jasyncio.transform.harness.Probes.log;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import java.util.List;
import java.util.stream.Gatherers;

/** Unnamed variables and patterns, statements before super(). */
class UnnamedTarget {

    record Point(int x, int y) {}

    static class Base {
        final int value;

        Base(int value) {
            this.value = value;
        }
    }

    static class Derived extends Base {
        final String name;

        Derived(int value, String name) {
            if (value < 0) {
                throw new IllegalArgumentException("negative");
            }
            this.name = name;
            super(value + 1);
        }

        @Async
        Coroutine<String> show() {
            return Coroutine.of(name + value + await(at(value)));
        }
    }

    interface AsyncFunction<A, B> {
        Coroutine<B> apply(A a);
    }

    @Async
    static Coroutine<Integer> unnamed_patterns_and_variables() {
        int sum = 0;
        for (Object o : new Object[] {new Point(1, 2), "s", 3}) {
            sum += switch (o) {
                case Point(int x, _) when await(at(true)) -> x + await(at(x));
                case Point(_, _) -> 100;
                case String _ -> await(at(10));
                default -> await(at(20));
            };
            int _ = await(at(sum));
        }
        try {
            sum += await(at(1));
        } catch (IllegalStateException _) {
            sum += await(at(1000));
        }
        AsyncFunction<String, Integer> f = _ -> Coroutine.of(await(at(7)));
        return Coroutine.of(sum + await(f.apply("x")));
    }

    @Async
    static Coroutine<String> statements_before_super() {
        return Coroutine.of(await(new Derived(await(at(1)), await(at("n"))).show()));
    }

    @Async
    static Coroutine<Object> library_of_today() {
        var windows = List.of(1, 2, 3).stream().gather(Gatherers.windowFixed(await(at(2)))).toList();
        log(windows.getLast());
        return Coroutine.of(windows.reversed());
    }
}
