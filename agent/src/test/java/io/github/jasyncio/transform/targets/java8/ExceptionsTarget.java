package io.github.jasyncio.transform.targets.java8;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.transform.harness.Probes.at;
import static io.github.jasyncio.transform.harness.Probes.fail;
import static io.github.jasyncio.transform.harness.Probes.fuel;
import static io.github.jasyncio.transform.harness.Probes.io;
import static io.github.jasyncio.transform.harness.Probes.log;
import static io.github.jasyncio.transform.harness.Probes.tap;
import static io.github.jasyncio.transform.harness.Probes.yes;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import java.io.IOException;

/** Awaits in try, catch and finally, left in every way. */
class ExceptionsTarget {

    @Async
    static Coroutine<String> in_try() {
        String r = "start ";
        try {
            r += await(at("try"));
        } catch (IllegalStateException e) {
            r += "caught " + e.getMessage();
        }
        return Coroutine.of(r + await(at("after")));
    }

    @Async
    static Coroutine<String> in_catch() {
        String r = "";
        try {
            r += await(at("a"));
            fail("planned");
        } catch (IllegalStateException e) {
            r += await(at("b")) + e.getMessage();
        }
        return Coroutine.of(r);
    }

    @Async
    static Coroutine<String> in_finally() {
        String r = "";
        try {
            r += await(at("try"));
        } finally {
            r += await(at("finally"));
            log(r);
        }
        return Coroutine.of(r);
    }

    @Async
    static Coroutine<String> in_all_three() throws IOException {
        StringBuilder r = new StringBuilder();
        try {
            r.append(await(io("try")));
            if (r.length() > 0) {
                throw new IOException(await(at("thrown")));
            }
        } catch (IOException e) {
            r.append(e.getMessage()).append(await(at("catch"))).append(e.getMessage());
        } finally {
            r.append(await(at("finally")));
            log(r);
        }
        return Coroutine.of(r.toString());
    }

    @Async
    static Coroutine<String> first_matching_handler() throws IOException {
        String r = "";
        for (int i = 0; i < 4; i++) {
            try {
                r += await(io(i));
            } catch (IllegalStateException e) {
                r += "ISE";
            } catch (IllegalArgumentException e) {
                r += "IAE" + await(at(e.getMessage()));
            } catch (RuntimeException e) {
                r += "RE";
            } catch (IOException e) {
                r += "IO" + await(at(1));
            } catch (Error e) {
                r += e;
                throw e;
            }
        }
        return Coroutine.of(r);
    }

    @Async
    static Coroutine<String> multi_catch() {
        String r = "";
        for (int i = 0; i < 3; i++) {
            try {
                r += await(io(i));
            } catch (IOException | IllegalArgumentException e) {
                r += e.getMessage() + await(at("multi")) + e.getClass();
            } catch (Throwable t) {
                r += t + await(at("throwable"));
            }
        }
        return Coroutine.of(r);
    }

    @Async
    static Coroutine<String> return_in_try_with_finally() {
        String r = "r";
        try {
            return Coroutine.of(r + await(at("try")));
        } finally {
            r += "changed";
            log(await(at("finally")) + r);
        }
    }

    @Async
    static Coroutine<String> return_in_try_and_catch_with_finally() {
        try {
            return Coroutine.of(await(at("try")));
        } catch (IllegalStateException e) {
            return Coroutine.of(await(at("catch")) + e.getMessage());
        } finally {
            log(await(at("finally")));
        }
    }

    @Async
    @SuppressWarnings("finally")
    static Coroutine<String> return_in_finally() {
        try {
            await(at("try"));
            fail("lost");
        } finally {
            return Coroutine.of("finally" + await(at("wins")));
        }
    }

    @Async
    @SuppressWarnings("finally")
    static Coroutine<String> throw_in_finally() {
        try {
            return Coroutine.of(await(at("lost")));
        } finally {
            if (yes()) {
                throw new IllegalStateException("finally" + await(at("wins")));
            }
        }
    }

    @Async
    static Coroutine<String> break_and_continue_through_finally() {
        StringBuilder r = new StringBuilder();
        outer:
        for (int i = 0; i < 5; i++) {
            try {
                for (int j = 0; j < 3; j++) {
                    try {
                        if (await(at(j)) == 1) {
                            continue;
                        }
                        if (i == 1) {
                            continue outer;
                        }
                        if (i == 2) {
                            break;
                        }
                        if (i == 3) {
                            break outer;
                        }
                        r.append(i).append(j);
                    } finally {
                        r.append('f').append(await(at(i)));
                    }
                }
                r.append('e');
            } finally {
                r.append(await(at("F")));
            }
        }
        return Coroutine.of(r.toString());
    }

    @Async
    @SuppressWarnings("finally")
    static Coroutine<String> break_in_finally_swallows() {
        String r = "";
        while (fuel()) {
            try {
                r += await(at("try"));
                fail("swallowed");
            } finally {
                r += await(at("finally"));
                break;
            }
        }
        return Coroutine.of(r);
    }

    @Async
    static Coroutine<String> nested_three_deep() {
        StringBuilder r = new StringBuilder();
        try {
            r.append(await(at("a")));
            try {
                r.append(await(at("b")));
                try {
                    r.append(await(at("c")));
                    throw new IllegalStateException("innermost");
                } catch (IllegalArgumentException e) {
                    r.append("not this one");
                } finally {
                    r.append(await(at("d")));
                }
            } catch (IllegalStateException e) {
                r.append(e.getMessage()).append(await(at("e")));
                throw new IllegalArgumentException(r.toString(), e);
            } finally {
                r.append(await(at("f")));
            }
        } catch (RuntimeException e) {
            r.append(await(at("g"))).append(e.getMessage()).append(e.getCause());
        } finally {
            r.append(await(at("h")));
        }
        return Coroutine.of(r.toString());
    }

    @Async
    static Coroutine<String> try_inside_catch_and_finally() {
        String r = "";
        try {
            fail("one");
        } catch (IllegalStateException e) {
            try {
                r += await(at("in catch"));
                throw e;
            } catch (IllegalStateException again) {
                r += (again == e) + await(at("again"));
            } finally {
                try {
                    r += await(at("in finally"));
                } catch (IllegalStateException inner) {
                    r += inner.getMessage() + await(at("inner")) + e.getMessage();
                }
            }
        }
        return Coroutine.of(r);
    }

    @Async
    static Coroutine<String> rethrow_in_loop_with_retries() {
        int attempts = 0;
        while (fuel()) {
            try {
                attempts++;
                return Coroutine.of(attempts + await(at("value")));
            } catch (IllegalStateException | ArithmeticException e) {
                if (attempts == 3) {
                    throw e;
                }
                log(await(at("retry " + attempts)));
            }
        }
        return Coroutine.of("no fuel");
    }

    @Async
    static Coroutine<String> exception_as_a_local_across_awaits() {
        Throwable first = null;
        for (int i = 0; i < 4; i++) {
            try {
                log(await(at(i)));
                if (i == 2) {
                    throw new IOException("own");
                }
            } catch (Throwable t) {
                if (first == null) {
                    first = t;
                } else if (first != t) {
                    first.addSuppressed(t);
                }
            }
            await(at("between"));
        }
        return Coroutine.of("first " + first);
    }

    @Async
    static Coroutine<Integer> locals_as_they_were_at_the_throw() {
        int n = 0;
        long l = 1;
        String s = "a";
        try {
            n = 1;
            s += await(at("b"));
            n = 2;
            l = await(at(5L));
            n = 3;
            s += await(at("c"));
        } catch (IllegalStateException | ArithmeticException | IllegalArgumentException e) {
            log(n + " " + l + s);
        }
        return Coroutine.of(n + (int) l + s.length());
    }

    @Async
    static Coroutine<String> operands_below_are_dropped_by_a_throw() {
        String r;
        try {
            r = "a" + tap(1) + tap(2L) * await(at(3)) + String.valueOf(await(at(4)));
        } catch (RuntimeException e) {
            r = "dropped";
        }
        return Coroutine.of(r + await(at("end")));
    }

    @Async
    static Coroutine<String> throw_of_an_awaited_exception() {
        try {
            throw await(at(new IllegalArgumentException("as a value")));
        } catch (IllegalArgumentException e) {
            return Coroutine.of(e.getMessage());
        }
    }

    @Async
    static Coroutine<String> throw_expression_with_await() throws IOException {
        log("throwing");
        throw new IOException("x" + await(at(1)), await(at(new RuntimeException("cause"))));
    }

    @Async
    static Coroutine<String> null_awaited() {
        Coroutine<String> none = null;
        try {
            return Coroutine.of(await(none));
        } catch (NullPointerException e) {
            return Coroutine.of("null" + await(at(1)));
        }
    }

    @Async
    static Coroutine<String> empty_try_and_finally_only() {
        String r = "";
        try {
        } finally {
            r += await(at("f"));
        }
        try {
            r += "nothing awaits here";
        } finally {
            r += await(at("g"));
        }
        try {
            r += await(at("h"));
        } finally {
        }
        return Coroutine.of(r);
    }

    @Async
    static Coroutine<String> failure_of_an_async_method_with_finally() {
        String r = "";
        for (int i = 0; i < 3; i++) {
            try {
                r += await(thrower(i));
            } catch (IOException e) {
                r += e.getMessage();
            } catch (IllegalStateException e) {
                r += await(at("ISE"));
            }
        }
        return Coroutine.of(r);
    }

    @Async
    private static Coroutine<String> thrower(int i) throws IOException {
        log("thrower " + i);
        if (i == 1) {
            throw new IOException("before any await");
        }
        try {
            String s = await(at("s" + i));
            if (i == 2) {
                throw new IOException(s);
            }
            return Coroutine.of(s);
        } finally {
            log("left " + await(at(i)));
        }
    }

    @Async
    static Coroutine<String> stack_trace_line_behind_an_await() {
        String s = await(at("x"));
        log(s);
        Object o = null;
        if (await(at(true))) {
            o.toString();
        }
        return Coroutine.of(s);
    }

    @Async
    static Coroutine<Integer> catch_variable_slot_is_reused() {
        int r = 0;
        try {
            r += await(at(1));
            fail("x");
        } catch (IllegalStateException e) {
            r += e.getMessage() == null ? 0 : await(at(1));
        }
        long here = await(at(5L));
        try {
            r += (int) here + await(at(1));
            fail("y");
        } catch (RuntimeException f) {
            double there = await(at(2.5));
            r += (int) there;
        }
        return Coroutine.of(r);
    }
}
