package io.github.jasyncio.transform.targets.java21;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.transform.harness.Probes.at;
import static io.github.jasyncio.transform.harness.Probes.io;
import static io.github.jasyncio.transform.harness.Probes.log;
import static io.github.jasyncio.transform.harness.Probes.tap;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Switches inside switches, with tries and loops between them, and generics all over. */
class NestedPatternsTarget {

    sealed interface Tree<T> {}

    record Leaf<T>(T value) implements Tree<T> {}

    record Fork<T>(Tree<T> left, Tree<T> right, long weight) implements Tree<T> {}

    record Pair<A, B>(A first, B second) {}

    private static final Tree<Integer> TREE = new Fork<>(
            new Fork<>(new Leaf<>(1), new Leaf<>(2), 3L),
            new Fork<>(new Leaf<>(4), new Fork<>(new Leaf<>(5), new Leaf<>(6), 7L), 8L),
            9L);

    @Async
    private static <T, R> Coroutine<R> fold(Tree<T> tree, Function<T, Coroutine<R>> leaf, Joining<R> fork)
            throws IOException {
        return Coroutine.of(
                switch (tree) {
                    case Leaf<T>(var value) -> await(leaf.apply(value));
                    case Fork<T>(Leaf<T>(var l), Leaf<T>(var r), long w)
                    when await(at(w)) > 3 -> await(fork.join(await(leaf.apply(r)), await(leaf.apply(l)), w));
                    case Fork<T>(Tree<T> l, Leaf<T> r, var w) ->
                        await(fork.join(await(fold(l, leaf, fork)), await(fold(r, leaf, fork)), w));
                    case Fork<T>(var l, var r, var w) ->
                        await(fork.join(await(fold(l, leaf, fork)), await(fold(r, leaf, fork)), await(io(w)) + w));
                });
    }

    interface Joining<R> {
        Coroutine<R> join(R a, R b, long weight);
    }

    @Async
    static Coroutine<String> recursion_with_generics() throws IOException {
        return NestedPatternsTarget.<Integer, String>fold(
                TREE,
                n -> Coroutine.of("<" + await(at(n)) + ">"),
                (a, b, w) -> Coroutine.of(a + await(at(b)) + w));
    }

    @Async
    static Coroutine<Object> switch_in_a_switch_with_finally_and_yield() {
        List<Object> all = new ArrayList<>();
        Object[] objects = {1, "two", new Pair<>(3, "drei"), new Pair<>("x", new Pair<>(4L, 'c')), 5.0, List.of(6)};
        for (Object o : objects) {
            Object result =
                    switch (o) {
                        case Integer i when i > await(at(0)) -> {
                            try {
                                yield switch (await(at("a" + i))) {
                                    case "a1" -> {
                                        try {
                                            yield 10L + await(at(i));
                                        } finally {
                                            log("inner " + await(at("f")));
                                        }
                                    }
                                    case String s -> s.length();
                                };
                            } finally {
                                all.add(await(at("outer")));
                            }
                        }
                        case String s -> {
                            String kept = s + await(at("!"));
                            do {
                                if (kept.length() > 6) {
                                    yield kept;
                                }
                                kept += await(at("?"));
                            } while (true);
                        }
                        case Pair<?, ?>(Integer a, String b) when b.length() == await(at(4)) + a - a -> a + b + await(at(b));
                        case Pair<?, ?>(String a, Pair<?, ?>(Long b, Character c)) -> {
                            int i = 0;
                            found:
                            while (true) {
                                switch (i++) {
                                    case 0:
                                        log(await(at(b)));
                                        continue found;
                                    case 1:
                                        log(await(at(c)));
                                        break;
                                    default:
                                        break found;
                                }
                            }
                            yield a + b + c + i;
                        }
                        case Double d ->
                            await(at(d)) * 2 + (o instanceof Number n && await(at(n)).intValue() == 5 ? 1 : 2);
                        default -> o.getClass().isArray() ? await(at(1)) : tap(await(at("default")));
                    };
            all.add(result);
        }
        return Coroutine.of(all.toString());
    }

    @Async
    static Coroutine<String> try_with_switch_in_every_part() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int turn = 0; turn < 4; turn++) {
            Object which = turn == 0 ? (Object) turn : turn == 1 ? "s" : turn == 2 ? (Object) 2L : new int[] {3};
            try (AutoCloseable resource = switch (which) {
                case Integer i -> named(text, "int" + await(io(i)));
                case String s -> null;
                case Long l -> named(text, "long" + await(at(l)));
                default -> named(text, "other");
            }) {
                text.append(switch (which) {
                    case Integer i -> {
                        try {
                            yield await(io("body" + i));
                        } catch (IOException e) {
                            yield "caught " + e.getMessage() + await(at(i));
                        }
                    }
                    case int[] a when a.length == 1 -> {
                        if (await(at(true))) {
                            yield a.length;
                        }
                        yield "never";
                    }
                    default -> await(at("default"));
                });
            } catch (IllegalStateException | IllegalArgumentException e) {
                text.append(switch (e) {
                    case IllegalStateException s -> "state" + await(at(1));
                    case IllegalArgumentException a -> "argument" + await(at(2L));
                    default -> throw e;
                });
            } catch (Exception e) {
                if (e instanceof IOException io && await(at("x")).equals("x")) {
                    throw io;
                }
                text.append(e.getClass().getSimpleName());
            } finally {
                log(switch (turn) {
                    case 0, 1 -> await(at("early"));
                    case 2 -> turn * await(at(2.5));
                    default -> await(at((short) 7));
                });
            }
        }
        return Coroutine.of(text.toString());
    }

    private static AutoCloseable named(StringBuilder text, String name) {
        text.append('[').append(name);
        return () -> text.append(']');
    }

    record Wide(long a, double b, int c, long[] d) {
        Wide {
            if (c < 0) {
                throw new IllegalArgumentException("c");
            }
        }

        @Async
        Coroutine<Wide> plus(Wide other) {
            return Coroutine.of(new Wide(
                    a + await(at(other.a)),
                    b + other.b(),
                    c + await(at(other.c())),
                    new long[] {d[0], await(at(other.d))[0]}));
        }
    }

    @Async
    static Coroutine<String> wide_components_and_operands() {
        Wide sum = new Wide(1L, 2.0, 3, new long[] {4});
        double total = 0.5;
        for (int i = 0; i < 3; i++) {
            total += sum.a() * (sum instanceof Wide(long a, double b, int c, long[] d) && await(at(d)).length > i
                    ? a + b * await(at(c)) - (d[0] += await(at(2L)))
                    : -(await(at(1L)) << i));
            sum = await(sum.plus(switch (sum) {
                case Wide(long a, double b, int c, var d) when a % 2 == await(at(1L)) -> new Wide(a, await(at(b)), c, d);
                case Wide w -> new Wide(w.a + 1, w.b, await(at(i)), new long[] {w.d.length, i});
            }));
        }
        return Coroutine.of(sum.a + " " + sum.b + " " + sum.c + " " + sum.d[1] + " " + total);
    }

    @Async
    static <K extends Comparable<K>, V> Coroutine<String> generic_collections() {
        Map<String, List<? super Integer>> map = new TreeMap<>();
        for (var entry : Map.of("only", List.of(1, 2, 3)).entrySet()) {
            map.computeIfAbsent(entry.getKey() + await(at("!")), k -> new ArrayList<>()).addAll(entry.getValue());
            for (Integer n : entry.getValue()) {
                map.get(await(at("only!"))).add(n * await(at(2)));
            }
        }
        return Coroutine.of(map.toString());
    }
}
