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
