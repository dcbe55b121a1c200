package io.github.jasyncio.transform.targets.java8;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.transform.harness.Probes.at;
import static io.github.jasyncio.transform.harness.Probes.fail;
import static io.github.jasyncio.transform.harness.Probes.fuel;
import static io.github.jasyncio.transform.harness.Probes.io;
import static io.github.jasyncio.transform.harness.Probes.log;
import static io.github.jasyncio.transform.harness.Probes.stage;
import static io.github.jasyncio.transform.harness.Probes.tap;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Methods of the eager kind, awaited where they are called, so that their twins do the same. */
class EagerTarget {

    interface EagerSupplier<T> {
        CompletableFuture<T> get();
    }

    private int field = 3;

    @Async
    private static CompletableFuture<String> simple(int n, long wide) {
        String s = await(stage("s" + n));
        return CompletableFuture.completedFuture(s + wide + await(at(wide)));
    }

    @Async
    static Coroutine<String> called_from_a_lazy_one() {
        return Coroutine.of(tap(1L) + await(simple(tap(1), 2L)) + await(at("between")) + await(simple(2, 3L)));
    }

    @Async
    private static CompletableFuture<String> callingEager(String s) {
        return CompletableFuture.completedFuture(s + await(simple(3, 4L)) + await(lazy(5)));
    }

    @Async
    private static Coroutine<Integer> lazy(int n) {
        return Coroutine.of(n + await(stage(1)) + await(at(2)));
    }

    @Async
    static Coroutine<String> eager_and_lazy_in_turns() {
        return Coroutine.of(await(callingEager("a")) + await(lazy(await(lazy(1)))) + await(callingEager("b")));
    }

    @Async
    private static CompletionStage<Integer> asStage(int n) {
        return CompletableFuture.completedFuture(n * await(at(2)));
    }

    @Async
    private static CompletionStage<Integer> tailOfStage(int n) {
        log(await(at(n)));
        return asStage(n);
    }

    @Async
    private static CompletableFuture<Integer> tailOfProbe() {
        await(at(0));
        return stage(7).toCompletableFuture();
    }

    @Async
    private static CompletableFuture<Integer> tailByTernary(boolean b) {
        return b ? tailOfProbe() : CompletableFuture.completedFuture(await(at(8)));
    }

    @Async
    static Coroutine<Integer> tail_calls() {
        return Coroutine.of(await(tailOfStage(1))
                + await(tailOfProbe())
                + await(tailByTernary(true))
                + await(tailByTernary(false)));
    }

    @Async
    private static CompletableFuture<String> withHandlers(int n) throws IOException {
        String r = "";
        try {
            r += await(io(n));
            if (n == 1) {
                throw new IOException("own");
            }
            return CompletableFuture.completedFuture(r);
        } catch (IllegalStateException e) {
            r += e.getMessage() + await(stage("handler"));
        } finally {
            log(await(at("finally")) + r);
        }
        return CompletableFuture.completedFuture(r + await(at("end")));
    }

    @Async
    static Coroutine<String> exceptions() {
        String r = "";
        for (int i = 0; i < 3; i++) {
            try {
                r += await(withHandlers(i));
            } catch (IOException e) {
                r += e.getMessage();
            } catch (IllegalArgumentException e) {
                r += await(at("IAE"));
            }
        }
        return Coroutine.of(r);
    }

    @Async
    private static CompletableFuture<String> throwsAtOnce(boolean b) {
        if (b) {
            throw new IllegalStateException("at once");
        }
        return CompletableFuture.completedFuture(await(at("not reached")));
    }

    @Async
    static Coroutine<String> failure_before_any_await() {
        try {
            return Coroutine.of(await(throwsAtOnce(true)));
        } catch (IllegalStateException e) {
            return Coroutine.of(e.getMessage() + await(throwsAtOnce(false)));
        }
    }

    @Async
    private CompletableFuture<Integer> instance(double d, int... rest) {
        field += rest.length + (int) d;
        field *= await(at(field));
        return CompletableFuture.completedFuture(field);
    }

    @Async
    private <T> CompletableFuture<T> generic(T value) {
        T copy = await(at(value));
        return CompletableFuture.completedFuture(copy);
    }

    @Async
    Coroutine<String> instance_methods() {
        return Coroutine.of(await(instance(1.5, 1, 2)) + " " + await(this.instance(2.5)) + await(generic("g")) + field);
    }

    @Async
    private static CompletableFuture<Integer> fib(int n) {
        if (n < 2) {
            return CompletableFuture.completedFuture(n);
        }
        return CompletableFuture.completedFuture(await(fib(n - 1)) + await(fib(n - 2)) + (n == 3 ? await(at(0)) : 0));
    }

    @Async
    static Coroutine<Integer> recursion() {
        return Coroutine.of(await(fib(6)));
    }

    @Async
    private static CompletableFuture<Void> withoutValue() {
        log(await(at("x")));
        return CompletableFuture.completedFuture(null);
    }

    @Async
    static Coroutine<Object> no_value() {
        return Coroutine.of("" + await(withoutValue()));
    }

    interface Shape {

        @Async
        default CompletableFuture<Double> area(double side) {
            return CompletableFuture.completedFuture(side * await(at(side)));
        }

        @Async
        static CompletableFuture<Shape> make() {
            await(at(1));
            return CompletableFuture.completedFuture(new Shape() {
                @Override
                @Async
                public CompletableFuture<Double> area(double side) {
                    return CompletableFuture.completedFuture(await(Shape.super.area(side)) + await(at(0.5)));
                }
            });
        }
    }

    @Async
    static Coroutine<Double> interfaces_overrides_and_super() {
        return Coroutine.of(await(await(Shape.make()).area(2.0)) + await(new Shape() {}.area(3.0)));
    }

    @Async
    Coroutine<Integer> lambdas() {
        int captured = await(at(5));
        EagerSupplier<Integer> lambda = () -> {
            field += await(at(captured));
            return CompletableFuture.completedFuture(field);
        };
        return Coroutine.of(await(lambda.get()) * await(lambda.get()));
    }

    @Async
    private static CompletableFuture<Integer> many(
            int a, long b, double c, String d, boolean e, byte f, char g, Object h) {
        int sum = 0;
        for (int i = 0; fuel() && i < 3; i++) {
            sum += a + (int) b + (int) c + d.length() + (e ? 1 : 0) + f + g + await(at(i));
            a++;
            d += h;
        }
        return CompletableFuture.completedFuture(sum);
    }

    @Async
    static Coroutine<Integer> arguments_of_all_types() {
        return Coroutine.of(tap(1) + await(many(1, 2L, 3.0, "d", true, (byte) 4, 'g', null)) + tap(2));
    }

    @Async
    private static CompletableFuture<String> synchronously() {
        log("runs");
        fail("no await at all");
        return CompletableFuture.completedFuture("not reached");
    }

    @Async
    static Coroutine<String> without_await() {
        try {
            return Coroutine.of(await(synchronously()));
        } catch (IllegalStateException e) {
            return Coroutine.of(e.getMessage());
        }
    }
}
