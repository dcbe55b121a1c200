package io.github.jasyncio.transform.targets.java8;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.transform.harness.Probes.at;
import static io.github.jasyncio.transform.harness.Probes.fail;
import static io.github.jasyncio.transform.harness.Probes.log;
import static io.github.jasyncio.transform.harness.Probes.watch;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;

/**
 * Objects that are needed after the last await ({@code live_...}) and objects that are not ({@code dead_...}). What is watched in a method is one or
 * the other.
 */
class LivenessTarget {

    interface AsyncSupplier<T> {
        Coroutine<T> get();
    }

    private static boolean use(Object... objects) {
        for (Object object : objects) {
            log(object != null);
        }
        return true;
    }

    @Async
    static Coroutine<Integer> dead_local_still_in_scope() {
        Object o = watch();
        use(o);
        return Coroutine.of(await(at(1)));
    }

    @Async
    static Coroutine<Integer> dead_local_never_read() {
        Object o = watch();
        return Coroutine.of(await(at(1)));
    }

    @Async
    static Coroutine<Integer> dead_since_an_earlier_await() {
        Object o = watch();
        await(at(1));
        use(o);
        return Coroutine.of(await(at(2)));
    }

    @Async
    static Coroutine<Integer> dead_operand_of_an_earlier_await() {
        use(watch(), await(at(1)));
        return Coroutine.of(await(at(2)));
    }

    @Async
    static Coroutine<Boolean> dead_out_of_scope() {
        {
            Object o = watch();
            await(at(1));
            use(o);
        }
        Object other = "other";
        await(at(2));
        return Coroutine.of(use(other));
    }

    @Async
    static Coroutine<Boolean> dead_overwritten() {
        Object o = watch();
        await(at(1));
        use(o);
        o = null;
        await(at(2));
        return Coroutine.of(use(o));
    }

    @Async
    static Coroutine<Boolean> dead_will_be_overwritten() {
        Object o = watch();
        use(o);
        await(at(1));
        o = "new";
        return Coroutine.of(use(o));
    }

    @Async
    private static Coroutine<Integer> child(Object argument, int n) {
        use(argument);
        return Coroutine.of(await(at(n)) + 1);
    }

    @Async
    static Coroutine<Integer> dead_argument() {
        return Coroutine.of(await(child(watch(), 1)));
    }

    @Async
    private static Coroutine<Integer> usingBetween(Object argument) {
        await(at(1));
        use(argument);
        return Coroutine.of(await(at(2)));
    }

    @Async
    static Coroutine<Integer> dead_argument_since_an_earlier_await() {
        return Coroutine.of(await(usingBetween(watch())));
    }

    @Async
    static Coroutine<Integer> dead_argument_of_a_tail_call() {
        await(at(1));
        return usingBetween(watch());
    }

    @Async
    static Coroutine<Integer> dead_frame_of_a_tail_call() {
        Object o = watch();
        await(at(1));
        use(o);
        return child(null, 2);
    }

    private static final class Receiver {

        @Async
        Coroutine<Integer> method() {
            return Coroutine.of(await(at(1)));
        }
    }

    @Async
    static Coroutine<Integer> dead_receiver() {
        return Coroutine.of(await(watch(new Receiver()).method()));
    }

    @Async
    static Coroutine<Integer> dead_exception() {
        try {
            fail("planned");
        } catch (IllegalStateException e) {
            use(watch(e));
        }
        return Coroutine.of(await(at(1)));
    }

    @Async
    static Coroutine<Integer> dead_loop_variables() {
        Object[] all = {watch(), watch()};
        for (Object o : all) {
            await(at(0));
            use(o);
        }
        return Coroutine.of(await(at(1)));
    }

    @Async
    static Coroutine<Integer> dead_captured_by_a_lambda() {
        Object o = watch();
        AsyncSupplier<Integer> lambda = () -> {
            await(at(1));
            use(o);
            return Coroutine.of(await(at(2)));
        };
        return Coroutine.of(await(lambda.get()));
    }

    @Async
    static Coroutine<Integer> dead_in_the_other_branch() {
        Object o = watch();
        if (await(at(true))) {
            return Coroutine.of(await(at(1)));
        }
        return Coroutine.of(use(o) ? 1 : 2);
    }

    @Async
    static Coroutine<Integer> dead_resource_behind_its_try() throws Exception {
        Object captured = new Object();
        try (AutoCloseable c = watch((AutoCloseable) () -> use(captured))) {
            use(c, await(at(1)));
        }
        return Coroutine.of(await(at(2)));
    }

    @Async
    static Coroutine<Integer> dead_constructor_argument() {
        use(new StringBuilder("" + use(watch())).append(await(at(1))));
        return Coroutine.of(await(at(2)));
    }

    @Async
    static Coroutine<Boolean> live_local() {
        Object o = watch();
        await(at(1));
        return Coroutine.of(use(o));
    }

    @Async
    static Coroutine<Boolean> live_operand() {
        return Coroutine.of(use(watch(), await(at(1))));
    }

    @Async
    private static Coroutine<Boolean> usingAtTheEnd(Object argument) {
        await(at(1));
        return Coroutine.of(use(argument));
    }

    @Async
    static Coroutine<Boolean> live_argument() {
        return Coroutine.of(await(usingAtTheEnd(watch())));
    }

    @Async
    static Coroutine<Boolean> live_in_the_awaiting_coroutine() {
        Object o = watch();
        int n = await(child(null, 1));
        return Coroutine.of(use(o, n));
    }

    @Async
    static Coroutine<Integer> live_in_finally() {
        Object o = watch();
        try {
            return Coroutine.of(await(at(1)));
        } finally {
            use(o);
        }
    }

    @Async
    static Coroutine<Integer> live_in_a_handler() {
        Object o = watch();
        try {
            return Coroutine.of(await(at(1)));
        } catch (IllegalStateException e) {
            return Coroutine.of(use(o) ? 1 : 2);
        }
    }

    @Async
    static Coroutine<Integer> live_in_the_next_turn() {
        Object o = watch();
        int n = 0;
        for (int i = 0; i < 3; i++) {
            if (i == 2) {
                use(o);
            }
            n += i == 2 ? 0 : await(at(i));
        }
        return Coroutine.of(n);
    }
}
