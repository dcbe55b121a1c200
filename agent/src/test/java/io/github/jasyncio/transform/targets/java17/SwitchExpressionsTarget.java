package io.github.jasyncio.transform.targets.java17;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.transform.harness.Probes.at;
import static io.github.jasyncio.transform.harness.Probes.fail;
import static io.github.jasyncio.transform.harness.Probes.log;
import static io.github.jasyncio.transform.harness.Probes.tap;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;

/** Awaits in switch expressions and arrow cases. */
class SwitchExpressionsTarget {

    enum Size {
        SMALL,
        MEDIUM,
        LARGE
    }

    @Async
    static Coroutine<String> arrow_statement() {
        String r = "";
        for (int i = 0; i < 4; i++) {
            switch (await(at(i))) {
                case 0 -> r += await(at("zero"));
                case 1, 2 -> {
                    int n = await(at(10));
                    r += n + i;
                }
                default -> throw new IllegalStateException(r + await(at("default")));
            }
        }
        return Coroutine.of(r);
    }

    @Async
    static Coroutine<String> expression_on_int() {
        String r = "";
        for (int i = 0; i < 4; i++) {
            r += i
                    + switch (i) {
                        case 0 -> await(at("zero"));
                        case 1 -> "one";
                        case 2 -> {
                            String s = await(at("t"));
                            yield s + await(at("wo"));
                        }
                        default -> await(at(i > 2)) ? "big" : "small";
                    }
                    + await(at(";"));
        }
        return Coroutine.of(r);
    }

    @Async
    static Coroutine<Integer> expression_on_enum_without_default() {
        int sum = 0;
        for (Size s : Size.values()) {
            sum = sum * 10
                    + switch (await(at(s))) {
                        case SMALL -> 1;
                        case MEDIUM -> await(at(2));
                        case LARGE -> {
                            if (await(at(true))) {
                                yield 3;
                            }
                            yield await(at(4));
                        }
                    };
        }
        return Coroutine.of(sum);
    }

    @Async
    static Coroutine<Long> expression_on_string_with_wide_operands_below() {
        long r = 1;
        for (String s : new String[] {"a", "b", "Aa", "BB"}) {
            r = tap(r) * tap(2L)
                    + switch (await(at(s))) {
                        case "a" -> await(at(5L));
                        case "Aa" -> 6L;
                        case "BB" -> 7L + await(at(1L));
                        default -> {
                            fail(s);
                            yield 0;
                        }
                    }
                    - tap(1L);
        }
        return Coroutine.of(r);
    }

    /** javac saves the operand stack in locals around a try inside an expression (that of JDK 17 crashes if a long or double is among them). */
    @Async
    static Coroutine<String> try_inside_an_expression_with_operands_below() {
        String r = "";
        for (int i = 0; i < 3; i++) {
            String turn = five(
                    tap(1),
                    tap("below"),
                    null,
                    switch (i) {
                        case 0 -> {
                            try {
                                yield await(at("try"));
                            } catch (IllegalStateException e) {
                                yield e.getMessage() + await(at("catch"));
                            } finally {
                                log(await(at("finally")));
                            }
                        }
                        case 1 -> {
                            try {
                                fail("planned");
                                yield "no";
                            } catch (IllegalStateException e) {
                                yield await(at("caught"));
                            }
                        }
                        default -> await(at("default"));
                    },
                    await(at(i)));
            r += turn;
        }
        return Coroutine.of(r);
    }

    static String five(int a, Object b, int[] c, String d, int e) {
        return a + "" + b + c + d + e;
    }

    static String three(int a, String b, int c) {
        return a + b + c;
    }

    @Async
    static Coroutine<Object> try_inside_constructor_arguments() {
        int n = await(at(1));
        return Coroutine.of(new StringBuilder(three(
                        tap(3),
                        switch (n) {
                            case 1 -> {
                                try {
                                    yield await(at("x"));
                                } catch (ArithmeticException | IllegalStateException e) {
                                    yield "failed";
                                }
                            }
                            default -> "y";
                        },
                        await(at(4))))
                .toString());
    }

    @Async
    static Coroutine<Integer> old_style_with_yield() {
        int n = await(at(2));
        int r = 100
                + switch (n) {
                    case 1:
                        yield await(at(1));
                    case 2:
                        log("falls");
                    case 3:
                        int x = await(at(3));
                        yield x + n;
                    default:
                        yield 0;
                };
        return Coroutine.of(r);
    }

    @Async
    static Coroutine<String> nested_switch_expressions() {
        String r = "";
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                r += switch (i) {
                    case 0 ->
                        switch (await(at(j))) {
                            case 0 -> "00";
                            default -> await(at("01"));
                        };
                    default ->
                        "1"
                                + switch (j) {
                                    case 0 -> await(at("0"));
                                    default -> j + await(at("!"));
                                };
                };
            }
        }
        return Coroutine.of(r);
    }

    @Async
    static Coroutine<Boolean> as_a_condition() {
        int n = await(at(1));
        if (switch (n) {
                    case 1 -> await(at(true));
                    default -> false;
                }
                && await(at(true))) {
            return Coroutine.of(await(at(false)));
        }
        return Coroutine.of(true);
    }

    @Async
    static Coroutine<String> returns_a_coroutine() {
        return switch (await(at(1))) {
            case 1 -> at("one");
            case 2 -> Coroutine.of("two");
            default -> throw new IllegalStateException();
        };
    }
}
