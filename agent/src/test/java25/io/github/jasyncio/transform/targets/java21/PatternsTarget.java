package io.github.jasyncio.transform.targets.java21;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.transform.harness.Probes.at;
import static io.github.jasyncio.transform.harness.Probes.log;
import static io.github.jasyncio.transform.harness.Probes.tap;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import java.util.List;

/** Awaits around pattern switches and record deconstruction. */
class PatternsTarget {

    sealed interface Shape permits Square, Rectangle, Unit {}

    record Square(int side) implements Shape {}

    record Rectangle(long width, double height, Object label) implements Shape {}

    enum Unit implements Shape {
        ONE,
        TWO
    }

    record Box<T>(T content, Box<?> inner) {}

    record Bad(int value) {
        public int value() {
            throw new IllegalStateException("accessor");
        }
    }

    private static List<Shape> shapes() {
        return List.of(new Square(3), new Rectangle(2, 1.5, "r"), Unit.ONE, Unit.TWO, new Rectangle(1, 1, 7));
    }

    @Async
    static Coroutine<String> pattern_switch() {
        String r = "";
        for (Object o : new Object[] {"text", 5, 6L, 'c', new int[] {1, 2}, List.of(1), Unit.ONE}) {
            r += switch (await(at(o))) {
                case String s -> s + await(at(s));
                case Integer i when i > await(at(4)) -> i + await(at(i));
                case Integer i -> "small" + i;
                case Long l -> l * await(at(2L));
                case int[] a -> {
                    int sum = 0;
                    for (int i : a) {
                        sum += i * await(at(i));
                    }
                    yield sum;
                }
                case List<?> l when l.size() == await(at(1)) && l.get(0) instanceof Integer i -> i;
                case Unit u -> u.name() + await(at(u.ordinal()));
                default -> await(at("default"));
            };
        }
        return Coroutine.of(r);
    }

    @Async
    static Coroutine<String> null_in_a_switch() {
        String r = "";
        for (String s : new String[] {null, "a", "b"}) {
            switch (await(at(s))) {
                case null -> r += await(at("null"));
                case "a" -> r += s;
                default -> r += await(at(s)) + s;
            }
            r += switch (s) {
                case "a" -> 1;
                case null, default -> await(at(2));
            };
        }
        return Coroutine.of(r);
    }

    @Async
    static Coroutine<String> no_null_case() {
        Object o = await(at((Object) null));
        return Coroutine.of(switch (o) {
            case String s -> await(at(s));
            default -> await(at("default"));
        });
    }

    @Async
    static Coroutine<Double> sealed_and_exhaustive() {
        double sum = 0;
        for (Shape shape : shapes()) {
            // Not an operand of anything: javac crashes when a long or double is below a switch that holds a try.
            double part = switch (shape) {
                case Square(int side) -> side * await(at(side));
                case Rectangle(long w, double h, String s) when await(at(true)) -> w * h + s.length() + await(at(w));
                case Rectangle(var w, var h, var other) -> w + await(at(h)) + other.hashCode();
                case Unit.ONE -> 1;
                case Unit u -> await(at(u.ordinal()));
            };
            sum = sum * 2 + part;
        }
        return Coroutine.of(sum);
    }

    @Async
    static Coroutine<String> nested_deconstruction() {
        Object o = new Box<>("outer", new Box<>(5, new Box<>(List.of(), null)));
        String r = "";
        if (await(at(o)) instanceof Box(String s, Box(Integer i, Box(var list, var none))) && i == await(at(5))) {
            r += s + i + list + none + await(at(s));
        }
        if (o instanceof Box<?>(String s, Box<?> b) && await(at((Object) b)) instanceof Box<?>(Integer i, var rest)) {
            await(at(0));
            r += s + i + (rest == null);
        }
        return Coroutine.of(r);
    }

    @Async
    static Coroutine<String> accessor_that_throws() {
        Object o = await(at(new Bad(1)));
        try {
            if (o instanceof Bad(int v) && v > 0) {
                return Coroutine.of("matched");
            }
            return Coroutine.of("not matched");
        } catch (MatchException e) {
            return Coroutine.of(e.getCause().getMessage() + await(at("caught")));
        }
    }

    @Async
    static Coroutine<Object> try_inside_a_switch_inside_constructor_arguments() {
        int n = await(at(1));
        return Coroutine.of(new Box<>(tap("below"), switch (n) {
            case 1 -> {
                try {
                    yield new Box<>(await(at(1.5)), null);
                } catch (ArithmeticException | IllegalStateException e) {
                    yield null;
                }
            }
            default -> new Box<>(await(at("x")), null);
        }));
    }

    @Async
    static Coroutine<String> pattern_variables_live_across_awaits() {
        Object o = await(at((Object) "abc"));
        if (!(o instanceof String s)) {
            return Coroutine.of("no");
        }
        for (int i = 0; i < s.length(); i++) {
            log(s.charAt(await(at(i))));
        }
        return Coroutine.of(s);
    }
}
