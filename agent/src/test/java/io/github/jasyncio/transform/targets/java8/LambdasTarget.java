package io.github.jasyncio.transform.targets.java8;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.transform.harness.Probes.at;
import static io.github.jasyncio.transform.harness.Probes.io;
import static io.github.jasyncio.transform.harness.Probes.log;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Supplier;

/** Lambdas that await: they need no annotation. */
class LambdasTarget {

    interface AsyncSupplier<T> {
        Coroutine<T> get() throws Exception;
    }

    interface AsyncFunction<A, B> {
        Coroutine<B> apply(A a) throws IOException;
    }

    interface LongsAndDoubles {
        Coroutine<Double> apply(long a, double b, int c, String d);
    }

    private int field = 5;

    final AsyncSupplier<Integer> inFieldInitialiser = () -> Coroutine.of(await(at(3)) + field);

    static final AsyncFunction<Integer, String> STATIC = i -> Coroutine.of("s" + await(at(i)));

    final AsyncSupplier<Integer> fromConstructor;

    LambdasTarget() {
        int captured = 11;
        fromConstructor = () -> Coroutine.of(captured + await(at(1)) + field);
    }

    @Async
    private static <T> Coroutine<T> call(AsyncSupplier<T> s) throws Exception {
        return Coroutine.of(await(s.get()));
    }

    @Async
    static Coroutine<Integer> simple() throws Exception {
        return Coroutine.of(await(call(() -> Coroutine.of(await(at(1)) + await(at(2))))));
    }

    @Async
    static Coroutine<String> capturing_all_kinds() throws Exception {
        byte b = 1;
        char c = 'c';
        int i = await(at(3));
        long l = 4L;
        float f = 5f;
        double d = await(at(6.0));
        boolean z = true;
        String s = await(at("s"));
        int[] a = {7};
        AsyncSupplier<String> lambda = () -> {
            await(at(0));
            return Coroutine.of(b + " " + c + i + l + f + d + z + s + a[0] + await(at("end")));
        };
        return Coroutine.of(await(lambda.get()) + await(call(lambda)));
    }

    @Async
    Coroutine<Integer> capturing_this() throws Exception {
        AsyncSupplier<Integer> lambda = () -> {
            field += await(at(2));
            return Coroutine.of(field);
        };
        return Coroutine.of(await(lambda.get()) * await(call(lambda)));
    }

    @Async
    static Coroutine<String> nested() throws Exception {
        String outer = "o";
        return Coroutine.of(await(call(() -> {
            String middle = outer + await(at("m"));
            String inner = await(call(() -> {
                String i = middle + await(at("i"));
                return Coroutine.of(await(call(() -> Coroutine.of(i + outer + await(at("x"))))));
            }));
            return Coroutine.of(inner + middle);
        })));
    }

    @Async
    static Coroutine<String> with_parameters() throws Exception {
        LongsAndDoubles f = (a, b, c, d) -> Coroutine.of(a + b + c + d.length() + await(at(a)) * await(at(b)));
        AsyncFunction<String, String> g = s -> Coroutine.of(s + await(at(s)));
        return Coroutine.of(await(f.apply(1, 2.5, 3, "four")) + await(g.apply("g")));
    }

    @Async
    Coroutine<String> in_fields_and_constructors() throws Exception {
        return Coroutine.of(
                await(inFieldInitialiser.get()) + " " + await(fromConstructor.get()) + await(STATIC.apply(4)));
    }

    /** Not async itself. */
    static Coroutine<Integer> helper(int x) throws IOException {
        AsyncFunction<Integer, Integer> f = y -> Coroutine.of(x + y + await(at(y)));
        return f.apply(10);
    }

    @Async
    static Coroutine<Integer> in_a_method_that_is_not_async() throws IOException {
        return Coroutine.of(await(helper(1)) + await(helper(2)));
    }

    @Async
    static Coroutine<String> plain_lambdas_beside() throws Exception {
        int n = await(at(2));
        Supplier<String> plain = () -> "plain" + n;
        Function<Integer, Integer> twice = x -> x * n;
        Runnable logging = () -> log("run " + n);
        logging.run();
        return Coroutine.of(plain.get()
                + twice.apply(await(at(4)))
                + Arrays.asList(3, 1, 2).stream().map(twice).reduce(0, Integer::sum));
    }

    @Async
    static Coroutine<String> lambda_with_try() throws Exception {
        return Coroutine.of(await(call(() -> {
            String r = "";
            try {
                r += await(at("try"));
                throw new IOException("own");
            } catch (IOException e) {
                r += e.getMessage() + await(at("catch"));
            } finally {
                r += await(at("finally"));
            }
            return Coroutine.of(r);
        })));
    }

    @Async
    static Coroutine<String> method_reference_to_an_async_method() throws Exception {
        AsyncFunction<Integer, String> f = LambdasTarget::referenced;
        AsyncSupplier<String> g = new LambdasTarget()::instanceReferenced;
        return Coroutine.of(await(f.apply(1)) + await(g.get()) + await(f.apply(await(at(2)))));
    }

    @Async
    private static Coroutine<String> referenced(int i) {
        return Coroutine.of("r" + await(at(i)));
    }

    @Async
    private Coroutine<String> instanceReferenced() {
        return Coroutine.of("i" + await(at(field)));
    }

    @Async
    static Coroutine<Integer> recursive_through_a_holder() throws IOException {
        @SuppressWarnings({"unchecked", "rawtypes"})
        AsyncFunction<Integer, Integer>[] self = new AsyncFunction[1];
        self[0] = n -> n == 0 ? Coroutine.of(await(at(0))) : Coroutine.of(n + await(self[0].apply(n - 1)));
        return Coroutine.of(await(self[0].apply(4)));
    }

    @Async
    static Coroutine<String> tail_position_in_lambda() throws Exception {
        AsyncSupplier<String> s = () -> {
            log(await(at("first")));
            return at("tail");
        };
        return s.get();
    }

    @Async
    static Coroutine<String> created_in_a_loop() throws Exception {
        String r = "";
        for (int i = 0; i < 3; i++) {
            int turn = i;
            AsyncSupplier<String> s = () -> Coroutine.of(turn + await(at("t")));
            r += await(s.get());
        }
        return Coroutine.of(r);
    }

    @Async
    Coroutine<Integer> inside_an_anonymous_class() throws Exception {
        AsyncSupplier<Integer> s = new AsyncSupplier<Integer>() {
            int own = 1;

            @Override
            @Async
            public Coroutine<Integer> get() throws Exception {
                AsyncSupplier<Integer> inner = () -> Coroutine.of(own + field + await(at(own)));
                own += await(inner.get());
                return Coroutine.of(own);
            }
        };
        return Coroutine.of(await(s.get()) + await(s.get()));
    }
}
