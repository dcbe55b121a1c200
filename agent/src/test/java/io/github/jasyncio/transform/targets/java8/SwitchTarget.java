package io.github.jasyncio.transform.targets.java8;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.transform.harness.Probes.at;
import static io.github.jasyncio.transform.harness.Probes.log;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;

/** Awaits in switches on int, char, string, enum and boxed values. */
@SuppressWarnings("fallthrough")
class SwitchTarget {

    enum Colour {
        RED,
        GREEN,
        BLUE
    }

    @Async
    static Coroutine<String> on_int_dense_and_sparse() {
        String r = "";
        for (int i = -1; i < 5; i++) {
            switch (await(at(i))) {
                case 0:
                    r += await(at("zero"));
                    break;
                case 1:
                    r += "one";
                // falls through
                case 2:
                    r += await(at("two"));
                    break;
                case 3:
                    continue;
                default:
                    r += "default" + await(at(i));
            }
            switch (i * 1000) {
                case 0:
                    r += await(at("a"));
                case 4000:
                    r += "b";
                    break;
                case 1000:
                    int local = await(at(7));
                    r += local;
                    break;
            }
        }
        return Coroutine.of(r);
    }

    @Async
    static Coroutine<String> on_string() {
        String r = "";
        for (String s : new String[] {"Aa", "BB", "x", "", "y"}) {
            switch (await(at(s))) {
                case "Aa":
                    r += 1 + await(at(s));
                    break;
                case "BB":
                    r += 2;
                case "x":
                    r += await(at(3));
                    break;
                default:
                    r += await(at("default"));
            }
        }
        return Coroutine.of(r);
    }

    @Async
    static Coroutine<String> on_string_null() {
        switch (await(at((String) null))) {
            case "a":
                return Coroutine.of("a");
            default:
                return Coroutine.of("b");
        }
    }

    @Async
    static Coroutine<String> on_enum() {
        String r = "";
        for (Colour c : Colour.values()) {
            switch (c) {
                case RED:
                    r += await(at("r"));
                    break;
                case BLUE:
                    r += c + await(at("b"));
                    continue;
                default:
                    r += await(at(c));
            }
            r += ";";
        }
        return Coroutine.of(r);
    }

    @Async
    static Coroutine<String> on_char_byte_and_boxes() {
        String r = "";
        switch (await(at('x'))) {
            case 'x':
                r += "x";
        }
        switch (await(at((byte) -3))) {
            case -3:
                r += await(at("-3"));
        }
        Integer boxed = await(at(42));
        switch (boxed) {
            case 41:
                r += "41";
                break;
            case 42:
                r += boxed + await(at("42"));
                break;
        }
        return Coroutine.of(r);
    }

    @Async
    static Coroutine<Integer> returns_from_all_cases() {
        int sum = 0;
        for (int i = 0; i < 4; i++) {
            sum += await(pick(i));
        }
        return Coroutine.of(sum);
    }

    @Async
    private static Coroutine<Integer> pick(int i) {
        switch (i) {
            case 0:
                return Coroutine.of(await(at(10)));
            case 1:
                return at(20);
            case 2:
                return pick(await(at(3)));
            default:
                try {
                    return Coroutine.of(await(at(5)));
                } finally {
                    log("finally " + i);
                }
        }
    }

    @Async
    static Coroutine<String> local_declared_in_one_case_used_in_another() {
        String r = "";
        for (int i = 0; i < 3; i++) {
            switch (i) {
                case 0:
                    int n = await(at(1));
                    r += n;
                    break;
                case 1:
                    n = await(at(2));
                    await(at(0));
                    r += n;
                    break;
                default:
                    n = 5;
                    r += await(at(n)) + n;
            }
        }
        return Coroutine.of(r);
    }

    @Async
    static Coroutine<String> nested_with_labels() {
        String r = "";
        outer:
        for (int i = 0; i < 4; i++) {
            switch (i) {
                case 0:
                    switch (await(at("in"))) {
                        case "in":
                            r += "in";
                            continue outer;
                        default:
                            break outer;
                    }
                case 2:
                    await(at(2));
                    break outer;
                default:
                    r += await(at(i));
                    break;
            }
            r += "|";
        }
        return Coroutine.of(r);
    }
}
