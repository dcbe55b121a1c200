package io.github.jasyncio.transform.targets.java8;

import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.transform.harness.Probes.at;
import static io.github.jasyncio.transform.harness.Probes.byHand;
import static io.github.jasyncio.transform.harness.Probes.fail;
import static io.github.jasyncio.transform.harness.Probes.log;
import static io.github.jasyncio.transform.harness.Probes.yes;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCloseable;
import io.github.jasyncio.Coroutine;
import java.io.Closeable;
import java.io.IOException;
import java.io.StringReader;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;

/** try-with-resources as {@code async with}: resources whose closing awaits, others whose closing does not, and what may be either. */
class AsyncResourcesTarget {

    /** Closing awaits. */
    static class Door implements AsyncCloseable {

        final String name;

        Door(String name) {
            this.name = name;
            log("open " + name);
        }

        String use() {
            return "use " + name;
        }

        @Async
        @Override
        public Coroutine<Void> closeAsync() {
            log("closing " + name);
            try {
                log(await(at("close " + name)));
            } finally {
                log("closed " + name);
            }
            return Coroutine.done();
        }
    }

    /** Closing awaits, and fails. */
    static final class StuckDoor extends Door {

        StuckDoor(String name) {
            super(name);
        }

        @Async
        @Override
        public Coroutine<Void> closeAsync() {
            await(at("push " + name));
            throw new IllegalArgumentException("stuck " + name);
        }
    }

    /** Closing does not wait. */
    static final class Lid implements Closeable {

        @Override
        public void close() throws IOException {
            log("shut");
        }
    }

    @Async
    private static Coroutine<Door> open(String name) {
        return Coroutine.of(new Door(name + await(at("!"))));
    }

    /** Either of them, and the compiler does not know which. */
    private static AutoCloseable either(boolean waits) {
        return waits ? new Door("either") : new Lid();
    }

    @Async
    static Coroutine<String> awaits_in_initialiser_body_and_closing() {
        try (Door d = await(open("d"))) {
            return Coroutine.of(d.use() + await(at("body")));
        }
    }

    @Async
    static Coroutine<String> nothing_but_the_closing_awaits() {
        try (Door d = new Door("d")) {
            return Coroutine.of(d.use());
        }
    }

    @Async
    static Coroutine<String> an_open_door_is_of_the_interface_type() {
        try (AsyncCloseable d = new Door("d")) {
            return Coroutine.of("" + (d != null));
        }
    }

    @Async
    static Coroutine<String> several_in_one_statement() throws Exception {
        String s = "";
        try (Door a = await(open("a"));
                Lid lid = new Lid();
                Door b = new Door("b" + await(at(1)));
                AutoCloseable c = either(yes())) {
            s += a.use() + b.use() + (lid == c) + await(at("body"));
        }
        return Coroutine.of(s + await(at("after")));
    }

    @Async
    static Coroutine<String> of_a_type_that_may_be_either() throws Exception {
        try (AutoCloseable a = either(true)) {
            log(await(at("body")) + (a == null));
        }
        try (AutoCloseable b = either(false)) {
            log(b != null);
        }
        return Coroutine.of("end");
    }

    @Async
    static Coroutine<String> null_resource() {
        try (Door d = await(at((Door) null))) {
            return Coroutine.of("d is " + d);
        }
    }

    @Async
    static Coroutine<String> closing_fails() {
        try (Door d = new StuckDoor("d")) {
            log(d.use());
        }
        return Coroutine.of("not reached");
    }

    @Async
    static Coroutine<String> opening_the_second_fails() throws IOException {
        try (Door a = new Door("a");
                Door b = shut()) {
            log(a.use() + b.use());
        }
        return Coroutine.of("not reached");
    }

    private static Door shut() throws IOException {
        if (yes()) {
            throw new IOException("shut");
        }
        return new Door("never");
    }

    @Async
    static Coroutine<String> body_and_both_closings_fail() {
        try (Door a = new StuckDoor("a");
                Door b = new StuckDoor("b")) {
            log(a.use() + b.use() + await(at("body")));
            fail("body");
        }
        return Coroutine.of("not reached");
    }

    @Async
    static Coroutine<String> with_catch_and_finally() {
        String s = "";
        try (Door d = new StuckDoor("d")) {
            s += d.use();
        } catch (IllegalArgumentException e) {
            s += e.getMessage() + await(at("catch"));
        } finally {
            s += await(at("finally"));
        }
        return Coroutine.of(s);
    }

    @Async
    static Coroutine<Integer> in_a_loop_with_continue_break_and_return() throws Exception {
        int n = 0;
        for (int i = 0; i < 6; i++) {
            try (AutoCloseable d = either(i % 2 == 0)) {
                if (await(at(i)) == 1) {
                    continue;
                }
                if (i == 3) {
                    break;
                }
                if (n > 100) {
                    return Coroutine.of(n);
                }
                n += d.hashCode() == 0 ? 1 : 10;
            }
        }
        return Coroutine.of(n);
    }

    @Async
    static Coroutine<String> in_a_lambda() throws Exception {
        return async(() -> {
            try (Door d = await(open("d"))) {
                return Coroutine.of(d.use());
            }
        });
    }

    @Async
    static Coroutine<String> in_an_eager_method() {
        return Coroutine.of(await(eager()));
    }

    @Async
    private static CompletableFuture<String> eager() {
        try (Door d = new Door("d")) {
            return CompletableFuture.completedFuture(d.use());
        }
    }

    @Async
    static Coroutine<String> closed_by_hand_amid_an_expression_that_awaits() {
        Door d = new Door("d");
        String s = new StringBuilder(await(at("a")))
                .append(closes(d, await(at(1L))))
                .toString();
        await(d.closeAsync());
        return Coroutine.of(s + d.use());
    }

    private static String closes(Door d, long n) {
        return d.name + n;
    }

    @Async
    static Coroutine<String> wide_variables_live_over_the_closing() throws Exception {
        long a = 1L << 40;
        double b = 0.5;
        int[] c = {3};
        try (AutoCloseable d = either(yes())) {
            a += c[0];
            log(d != null);
        }
        return Coroutine.of(a + " " + b + " " + c[0]);
    }

    @Async
    static Coroutine<String> ordinary_resources_of_the_jdk() {
        try (Scanner scanner = new Scanner("1 2");
                StringReader reader = new StringReader("x")) {
            return Coroutine.of(scanner.nextInt() + "" + scanner.nextInt() + await(at(3)) + (reader == null));
        }
    }

    @Async
    static Coroutine<String> a_lid_in_a_synchronized_block() throws IOException {
        synchronized (AsyncResourcesTarget.class) {
            try (Closeable lid = new Lid()) {
                log(lid != null);
            }
        }
        return Coroutine.of("end" + await(at(1)));
    }

    /** Closing it awaits, but slamming it does not. */
    static final class Gate extends Door {

        Gate(String name) {
            super(name);
        }

        @Override
        public void close() {
            log("slam " + name);
        }
    }

    @Async
    static Coroutine<String> closed_by_hand_nothing_waits() {
        Gate a = new Gate("a");
        byHand();
        a.close();
        Gate b = new Gate("b");
        try {
            log(b.use() + await(at("body")));
        } finally {
            byHand();
            b.close();
        }
        if (a != b) {
            byHand();
            a.close();
        }
        return Coroutine.of("end");
    }

    @Async
    @SuppressWarnings("try") // just this is the question
    static Coroutine<String> closed_by_hand_within_the_block_and_by_the_block() {
        try (Gate a = new Gate("a");
                Gate b = new Gate("b")) {
            log(await(at("body")));
            byHand();
            b.close();
            byHand();
            a.close();
        }
        return Coroutine.of("end");
    }

    @Async
    static Coroutine<String> closed_by_hand_in_the_variable_of_a_resource_that_is_gone() {
        for (int i = 0; i < 3; i++) {
            try (Gate a = new Gate("a" + i)) {
                if (await(at(i)) == 1) {
                    continue;
                }
                log(a.use());
            }
            Gate b = new Gate("b" + i);
            byHand();
            b.close();
        }
        return Coroutine.of("end");
    }

    @Async
    static Coroutine<String> closed_by_hand_in_catch_and_finally_around_a_block() {
        Gate outer = new Gate("outer");
        try (Gate a = new Gate("a");
                Door b = new StuckDoor("b")) {
            log(a.use() + b.use());
            if (yes()) {
                return Coroutine.of("body");
            }
        } catch (IllegalArgumentException e) {
            byHand();
            outer.close();
            return Coroutine.of(e.getMessage());
        } finally {
            Gate inner = new Gate("inner");
            byHand();
            inner.close();
        }
        return Coroutine.of("not reached");
    }

    @Async
    @SuppressWarnings("try") // they are there to be closed
    static Coroutine<String> blocks_without_anything() {
        try (Gate a = new Gate("a")) {}
        try (Gate b = gate("b")) {}
        try (Gate none = gate(null)) {}
        try (Gate c = gate("c");
                Gate d = gate("d")) {}
        for (int i = 0; i < 2; i++) {
            try (Gate e = gate("e" + i)) {
                continue;
            }
        }
        try (Gate f = gate("f")) {
            return Coroutine.of(await(at("f")));
        }
    }

    private static Gate gate(String name) {
        return name == null ? null : new Gate(name);
    }

    @Async
    static Coroutine<String> a_resource_of_a_type_variable() {
        return Coroutine.of(await(use(new Gate("a"))) + await(use(new Door("b"))));
    }

    @Async
    private static <T extends Door> Coroutine<String> use(T of) {
        try (T a = of) {
            return Coroutine.of(a.use());
        }
    }
}
