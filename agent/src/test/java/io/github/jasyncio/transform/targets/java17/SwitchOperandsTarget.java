package io.github.jasyncio.transform.targets.java17;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.transform.harness.Probes.at;
import static io.github.jasyncio.transform.harness.Probes.fail;
import static io.github.jasyncio.transform.harness.Probes.log;
import static io.github.jasyncio.transform.harness.Probes.tap;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;

/** Awaits in switch expressions that are too much for the Eclipse compiler: it writes invalid class files of them. */
class SwitchOperandsTarget {

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
}
