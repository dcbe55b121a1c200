package io.github.jasyncio.agent.javac;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Programs for the plugin's tests to compile. */
final class ShopSources {

    /** Classes of every kind that one source file may hold, referring to each other in ways that no order of writing them suits. */
    static final String ORDERS = """
            package shop;

            import static io.github.jasyncio.Asyncio.*;

            import io.github.jasyncio.*;
            import java.time.Duration;

            final class Orders extends Base {
                enum Size {
                    BIG {
                        @Async Coroutine<Integer> get() { await(sleep(Duration.ZERO)); return Coroutine.of(2); }
                    };
                    abstract Coroutine<Integer> get();
                }
                record Line(int price) {
                    @Async Coroutine<Integer> twice() { await(sleep(Duration.ZERO)); return Coroutine.of(price * 2); }
                }
                @Async Coroutine<Integer> total(int a, int b) {
                    Base either = a > b ? new Late() : new Late.Later();
                    int sum = await(new Line(a).twice()) + await(new Line(b).twice()) + await(either.price());
                    Base anonymous = new Base() {
                        @Override @Async Coroutine<Integer> price() { return Coroutine.of(await(super.price()) + 1); }
                    };
                    class Local {
                        @Async Coroutine<Integer> get() { await(sleep(Duration.ZERO)); return Coroutine.of(sum); }
                    }
                    AsyncCallable<Integer> lambda = () -> Coroutine.of(await(anonymous.price()) + await(new Local().get()));
                    return Coroutine.of(await(async(lambda)) + await(Size.BIG.get()));
                }
                public static void main(String[] args) {
                    System.out.println(run(new Orders().total(1, 2)));
                }
            }

            class Late extends Base {
                static class Later extends Late {}
            }
            """;

    static final String BASE = """
            package shop;

            import static io.github.jasyncio.Asyncio.*;

            import io.github.jasyncio.*;

            class Base {
                @Async Coroutine<Integer> price() { await(sleep(java.time.Duration.ZERO)); return Coroutine.of(7); }
            }
            """;

    /** Every mistake, some of them twice on a line. */
    static final String MISTAKES = """
            package shop;

            import static io.github.jasyncio.Asyncio.*;

            import io.github.jasyncio.*;
            import java.util.function.*;

            class Mistakes {
                int now(Coroutine<Integer> c) {
                    return await(c) + await(c);
                }
                @Async int number() { return 3; }
                Mistakes(Coroutine<Integer> c) {
                    Object o =
                        Asyncio
                            .await(c);
                }
                @Async Coroutine<Integer> locked(Coroutine<Integer> c) {
                    synchronized (this) {
                        return Coroutine.of(1 + await(c));
                    }
                }
                @Async Coroutine<Integer> blocks(Coroutine<Integer> c) throws Exception {
                    blocks(c); Thread.sleep(3); blocks(c);
                    try {
                        return blocks(c);
                    } finally {
                        Thread.sleep(4);
                    }
                }
                Function<Coroutine<Integer>, Integer> reference = Asyncio::await;
                Supplier<Integer> lambda = () -> await(Coroutine.of(1));
                static int constant = await(Coroutine.of(2));
                interface Shelf {
                    Object clear();
                    @Async Coroutine<Void> fill();
                }
            }
            """;

    static final String MORE_MISTAKES = """
            package shop;

            import static io.github.jasyncio.Asyncio.*;

            import io.github.jasyncio.*;

            class MoreMistakes {
                Object anonymous = new Object() { int get() { return await(Coroutine.of(2)); } };
            }

            class Fine {
                @Async Coroutine<Integer> get() { return Coroutine.of(await(Coroutine.of(2))); }
            }
            """;

    static final String SLOW = """
            package shop;

            import io.github.jasyncio.*;

            class Slow {
                @Async Coroutine<Void> get() throws Exception { Thread.sleep(1); return Coroutine.done(); }
            }
            """;

    private ShopSources() {}

    /** Writes a class of the package {@code shop}. */
    static void write(Path sources, String className, String source) throws IOException {
        Path file = sources.resolve("shop").resolve(className + ".java");
        Files.createDirectories(sources.resolve("shop"));
        Files.writeString(file, source);
    }
}
