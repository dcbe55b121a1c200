package io.github.jasyncio.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Every error and warning of the rewriting, word for word: what cannot work must be said, with its place and the way out. */
class MisuseTest {

    private static final String HEAD = """
            package shop;
            import io.github.jasyncio.*;
            import static io.github.jasyncio.Asyncio.await;
            import java.util.concurrent.*;
            import java.util.function.*;
            class Orders {
            Coroutine<String> fetch(int id) { return Coroutine.of("order " + id); }
            """;

    /** The diagnostics of a class whose members begin at line 8. */
    private static List<String> diagnose(String members) {
        return diagnose("-g", members);
    }

    private static List<String> diagnose(String debugInformation, String members) {
        return transform(debugInformation, members).diagnostics().stream()
                .map(d -> d.severity() + " " + d)
                .toList();
    }

    private static Result transform(String members) {
        return transform("-g", members);
    }

    private static Result transform(String debugInformation, String members) {
        return Transformer.transform(
                CompiledSource.compileOne("shop.Orders", HEAD + members + "}\n", debugInformation));
    }

    @Test
    void await_outside_an_async_method() {
        assertThat(diagnose("""
                        String load() {
                            return await(fetch(1));
                        }
                        """)).containsExactly("""
                        ERROR shop.Orders.load(Orders.java:9): await outside an async method
                            Make the method @Async and let it return a Coroutine; or a CompletableFuture, if who calls it knows nothing of coroutines.""");
    }

    @Test
    void await_in_a_main_method_or_a_test_that_is_not_async() {
        for (String method : List.of("static void main(String[] args)", "@org.junit.jupiter.api.Test void test()")) {
            assertThat(diagnose(method + " { await(Coroutine.of(1)); }"))
                    .singleElement()
                    .asString()
                    .endsWith("""
                            (Orders.java:8): await outside an async method
                                Make the method @Async: whoever calls it waits until its body has ended.""");
        }
    }

    @Test
    void await_in_a_constructor() {
        assertThat(diagnose("String s; Orders() { s = await(fetch(1)); }")).containsExactly("""
                        ERROR shop.Orders.<init>(Orders.java:8): await in a constructor cannot suspend: a constructor has no Coroutine to return
                            Await in a static @Async factory method and pass the results to the constructor.""");
    }

    @Test
    void await_in_a_static_initialiser() {
        assertThat(diagnose("static final String S = await(Coroutine.of(\"s\"));"))
                .containsExactly("""
                        ERROR shop.Orders.<clinit>(Orders.java:8): await in a static initialiser cannot suspend: it has no Coroutine to return
                            Await in an @Async method that is called before the value is needed.""");
    }

    @Test
    void await_in_a_lambda_that_returns_something_else() {
        assertThat(diagnose("Supplier<String> s() { return () -> await(fetch(1)); }"))
                .containsExactly("""
                        ERROR shop.Orders.lambda$s$0(Orders.java:8): await in a lambda that returns java.lang.Object cannot suspend: only a lambda that returns Coroutine (or CompletableFuture) can
                            Use a functional interface whose method returns Coroutine, such as AsyncCallable or AsyncFunction.""".replace("java.lang.Object", "java.lang.String"));
    }

    @Test
    void await_as_a_method_reference() {
        assertThat(diagnose("Function<Coroutine<String>, String> f() { return Asyncio::await; }"))
                .containsExactly("""
                        ERROR shop.Orders.f(Orders.java:8): await as a method reference cannot suspend: who calls it is not rewritten
                            Write a lambda that awaits and returns a Coroutine: x -> Coroutine.of(await(x)).""");
    }

    @Test
    void await_in_a_synchronized_block() {
        assertThat(diagnose("""
                        @Async Coroutine<String> load() {
                            String s = await(fetch(1));
                            synchronized (this) {
                                s += await(fetch(2));
                            }
                            return Coroutine.of(s + await(fetch(3)));
                        }
                        """)).containsExactly("""
                        ERROR shop.Orders.load(Orders.java:11): await in a synchronized block: a monitor cannot be held over a suspension
                            Use io.github.jasyncio.sync.Lock, or remove synchronized: one thread runs all coroutines of a loop.""");
    }

    @Test
    void a_synchronized_async_method() {
        assertThat(diagnose("@Async synchronized Coroutine<String> load() { return fetch(1); }"))
                .containsExactly("""
                        ERROR shop.Orders.load(Orders.java:8): a synchronized method cannot be @Async: a monitor cannot be held over a suspension
                            Use io.github.jasyncio.sync.Lock, or remove synchronized: one thread runs all coroutines of a loop.""");
    }

    @Test
    void a_coroutine_made_in_a_try_and_returned_unawaited() {
        assertThat(diagnose("""
                        @Async Coroutine<String> load() {
                            try {
                                return fetch(1);
                            } finally {
                                System.out.println("done");
                            }
                        }
                        """)).containsExactly("""
                        ERROR shop.Orders.load(Orders.java:10): a coroutine made inside try is returned unawaited: it would run after the catch and finally blocks are left
                            Write: return Coroutine.of(await(...));""");
    }

    @ParameterizedTest(name = "javac {0}")
    @ValueSource(strings = {"-g", "-g:source,lines"})
    void only_what_is_returned_from_inside_the_try_is_certainly_not_meant(String debugInformation) {
        assertThat(diagnose(debugInformation, """
                        @Async Coroutine<String> inside(int n) {
                            try {
                                Coroutine<String> c = fetch(n);
                                return c;
                            } catch (IllegalStateException e) {
                                return n > 1
                                    ? fetch(1)
                                    : fetch(2);
                            }
                        }
                        @Async Coroutine<String> behind(int n) {
                            Coroutine<String> c;
                            try {
                                c = fetch(n);
                            } catch (IllegalStateException e) {
                                c = fetch(2);
                            } finally {
                                n++;
                            }
                            return c;
                        }
                        @SuppressAsyncWarnings @Async Coroutine<String> meant(int n) {
                            Coroutine<String> c;
                            try {
                                c = fetch(n);
                            } catch (IllegalStateException e) {
                                c = fetch(2);
                            }
                            return c;
                        }
                        """))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("ERROR shop.Orders.inside(Orders.java:10): a coroutine made inside try"),
                        second -> assertThat(second).isEqualTo("""
                                WARNING shop.Orders.behind(Orders.java:21): a coroutine made inside try is returned unawaited behind it: it will run when the catch and finally blocks are left
                                    To run it inside, await it there and return Coroutine.of(value)."""),
                        third -> assertThat(third)
                                .startsWith("WARNING shop.Orders.behind(Orders.java:23): a coroutine made inside try"));
    }

    @Test
    void what_only_throws_on_makes_no_try() {
        assertThat(diagnose("""
                        static RuntimeException sneakyThrow(Throwable t) { return null; }
                        @Async Coroutine<String> lombok(int n) {
                            try {
                                return fetch(n);
                            } catch (Throwable t) {
                                throw Orders.sneakyThrow(t);
                            }
                        }
                        @Async Coroutine<String> checked(int n) throws Exception {
                            try {
                                return fetch(n);
                            } catch (RuntimeException e) {
                                throw e;
                            }
                        }
                        """)).isEmpty();
        assertThat(diagnose("""
                        static RuntimeException wrapped(Throwable t) { return null; }
                        @Async Coroutine<String> load(int n) {
                            try {
                                return fetch(n);
                            } catch (Throwable t) {
                                throw Orders.wrapped(t);
                            }
                        }
                        """)).singleElement().asString().startsWith("ERROR shop.Orders.load(Orders.java:11)");
    }

    @Test
    void a_coroutine_made_in_a_synchronized_block_and_returned_unawaited() {
        assertThat(diagnose("""
                        @Async Coroutine<String> load(int n) {
                            synchronized (this) {
                                return fetch(n);
                            }
                        }
                        """)).containsExactly("""
                        WARNING shop.Orders.load(Orders.java:10): a coroutine made inside synchronized is returned unawaited: it will run when the monitor is released
                            To run it inside, use io.github.jasyncio.sync.Lock, and await it there.""");
    }

    @Test
    void several_of_them_by_way_of_a_variable() {
        assertThat(diagnose("""
                        @Async Coroutine<String> load(int n) {
                            Coroutine<String> c = fetch(0);
                            for (int i = 0; i < n; i++) {
                                try {
                                    if (i == 1) c = fetch(1);
                                    if (i == 2) c = (Coroutine<String>) (Object) fetch(2);
                                    if (i == 3) c = Coroutine.of("three");
                                    if (i == 4) return c;
                                } catch (IllegalStateException e) {
                                    i++;
                                }
                            }
                            return c;
                        }
                        """))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .contains("ERROR shop.Orders.load(Orders.java:12): a coroutine made inside try"),
                        second -> assertThat(second)
                                .contains("ERROR shop.Orders.load(Orders.java:13): a coroutine made inside try"));
    }

    @Test
    void null_returned() {
        assertThat(diagnose("""
                        @Async Coroutine<String> load(int n) {
                            if (n == 1) return null;
                            return n == 2 ? (Coroutine<String>) null : fetch(3);
                        }
                        @Async CompletableFuture<String> eager(int n) {
                            return null;
                        }
                        Coroutine<String> plain() { return null; }
                        """)).containsExactly("""
                        ERROR shop.Orders.load(Orders.java:9): an async method must not return null: whoever awaits it would get a NullPointerException
                            Write: return Coroutine.done();""", """
                        ERROR shop.Orders.load(Orders.java:10): an async method must not return null: whoever awaits it would get a NullPointerException
                            Write: return Coroutine.done();""", """
                        ERROR shop.Orders.eager(Orders.java:13): an async method must not return null: whoever awaits it would get a NullPointerException
                            Write: return CompletableFuture.completedFuture(null);""");
    }

    /** Only where it is nothing else on any way: what may be meant is found at run time. */
    @Test
    void null_returned_by_way_of_a_variable() {
        String expected = "an async method must not return null: whoever awaits it would get a NullPointerException";

        assertThat(diagnose("""
                        @Async Coroutine<String> load(int n) {
                            Coroutine<String> nothing = null;
                            return nothing;
                        }
                        @Async Coroutine<String> last(int n) {
                            try {
                                return null;
                            } finally {
                                await(fetch(n));
                            }
                        }
                        @Async Coroutine<String> sometimes(int n) {
                            Coroutine<String> other = null;
                            if (n > 0) other = fetch(n);
                            return other;
                        }
                        @Async Coroutine<String> given(Coroutine<String> other, boolean no) {
                            if (no) other = null;
                            return other;
                        }
                        @Async Coroutine<String> loop(int n) {
                            Coroutine<String> other = null;
                            while (true) {
                                if (n++ > 3) return other;
                                other = fetch(n);
                            }
                        }
                        """))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("ERROR shop.Orders.load(Orders.java:9): " + expected),
                        second -> assertThat(second).startsWith("ERROR shop.Orders.last(Orders.java:14): " + expected));
    }

    @Test
    void finished_coroutines_and_those_made_behind_the_try_may_be_returned() {
        assertThat(diagnose("""
                        @Async Coroutine<String> load(int n) {
                            try {
                                if (n == 1) return Coroutine.of("one");
                                if (n == 2) return Coroutine.done();
                                if (n == 3) return Coroutine.of(await(fetch(3)));
                            } catch (IllegalStateException e) {
                                n++;
                            } finally {
                                n++;
                            }
                            return fetch(n);
                        }
                        """)).isEmpty();
    }

    @Test
    void another_return_type() {
        assertThat(diagnose("@Async int load() { return 1; }")).containsExactly("""
                        ERROR shop.Orders.load(Orders.java:8): an @Async method must return Coroutine (or CompletableFuture, CompletionStage), this one returns int
                            Declare it as Coroutine<Integer> and write: return Coroutine.of(value);""");
    }

    @Test
    void no_return_type() {
        assertThat(diagnose("@Async void load() { }")).containsExactly("""
                        ERROR shop.Orders.load(Orders.java:8): an @Async void method cannot be awaited, and nobody would hear of its failure: only a main method that the JVM can start, and a method with one of JUnit Jupiter's own annotations, may be one
                            Declare it as Coroutine<Void> and end it with: return Coroutine.done();""");
    }

    @Test
    void an_abstract_and_a_native_method() {
        byte[] base = CompiledSource.compileOne("shop.Base", """
                package shop;
                import io.github.jasyncio.*;
                abstract class Base {
                    @Async abstract Coroutine<String> load();
                    @Async native Coroutine<String> store();
                }
                """);

        Result result = Transformer.transform(base);

        assertThat(result.diagnostics()).extracting(Diagnostic::toString).containsExactly("""
                        shop.Base.load(Base.java): @Async on an abstract method has no body to rewrite
                            Remove the annotation here and put it on the implementations: whoever calls sees a method that returns a Coroutine.""", """
                        shop.Base.store(Base.java): @Async on a native method has no body to rewrite
                            Call the native method from an @Async method.""");
        assertThat(result.hasErrors()).isTrue();
        assertThat(result.rewritten()).isFalse();
    }

    @Test
    void a_coroutine_dropped_on_the_floor() {
        assertThat(diagnose("void load() { fetch(1); }")).containsExactly("""
                        WARNING shop.Orders.load(Orders.java:8): the coroutine that fetch(...) returns is dropped: it will never run
                            Await it: await(fetch(...)); or let it run beside: Task<...> task = createTask(fetch(...));""");
    }

    @Test
    void a_coroutine_dropped_by_a_method_reference() {
        assertThat(diagnose("IntConsumer load() { return this::fetch; }")).containsExactly("""
                        WARNING shop.Orders.load(Orders.java:8): the coroutine that fetch(...) returns is dropped: it will never run
                            Await it: await(fetch(...)); or let it run beside: Task<...> task = createTask(fetch(...));""");
        assertThat(diagnose("IntFunction<Coroutine<String>> load() { return this::fetch; }"))
                .isEmpty();
    }

    @Test
    void a_resource_whose_closing_waits_where_nothing_can_wait() {
        assertThat(diagnose("void load(AsyncCloseable c) { try (c) { c.hashCode(); } }"))
                .containsExactly("""
                        WARNING shop.Orders.load(Orders.java:8): close() on an AsyncCloseable outside an async method throws: closing it takes a wait
                            Make the method @Async and let it return a Coroutine: there try-with-resources awaits closeAsync().""");
        assertThat(diagnose("Callable<Coroutine<Void>> load(AsyncCloseable c) {"
                        + " return () -> { try (c) { return Coroutine.done(); } }; }"))
                .isEmpty();
    }

    @Test
    void emit_outside_an_async_generator() {
        String wayOut =
                "\n    Make the method @Async, let it return AsyncGenerator<...> and end it with: return AsyncGenerator.done();";
        for (String method : List.of(
                "void load()",
                "AsyncGenerator<String> load()",
                "@Async Coroutine<Void> load()",
                "@Async CompletableFuture<String> load()")) {
            assertThat(diagnose(method + " { Asyncio.emit(1); throw new IllegalStateException(); }"))
                    .containsExactly("ERROR shop.Orders.load(Orders.java:8): emit outside an async generator:"
                            + " only what returns AsyncGenerator can emit" + wayOut);
        }
    }

    @Test
    void emit_in_a_lambda_that_is_no_generator() {
        assertThat(diagnose("@Async AsyncGenerator<Integer> load(java.util.List<Integer> all) {"
                        + " all.forEach(x -> Asyncio.emit(x)); return AsyncGenerator.done(); }"))
                .containsExactly("""
                        ERROR shop.Orders.lambda$load$0(Orders.java:8): emit in a lambda that returns void: only what returns AsyncGenerator can emit
                            Emit in the body of the @Async method itself: in a loop instead of a lambda.""");
        assertThat(diagnose("@Async AsyncGenerator<Integer> load(java.util.List<Integer> all) {"
                        + " all.forEach(Asyncio::emit); return AsyncGenerator.done(); }"))
                .containsExactly("""
                        ERROR shop.Orders.load(Orders.java:8): emit as a method reference cannot suspend: who calls it is not rewritten
                            Call emit in the body of the @Async method itself: for (T x : xs) { emit(x); }""");
        assertThat(diagnose("Supplier<AsyncGenerator<String>> load() {"
                        + " return () -> { Asyncio.emit(1); return AsyncGenerator.done(); }; }"))
                .isEmpty();
    }

    @Test
    void emit_in_a_synchronized_block() {
        assertThat(diagnose("""
                        @Async AsyncGenerator<String> load() {
                            synchronized (this) {
                                Asyncio.emit("x");
                            }
                            return AsyncGenerator.done();
                        }
                        """)).containsExactly("""
                        ERROR shop.Orders.load(Orders.java:10): emit in a synchronized block: a monitor cannot be held over a suspension
                            Use io.github.jasyncio.sync.Lock, or remove synchronized: one thread runs all coroutines of a loop.""");
    }

    @Test
    void emit_of_what_is_certainly_of_another_type() {
        assertThat(diagnose("""
                        @Async AsyncGenerator<Integer> load(Object any, Number number, Integer right, int[] array) {
                            Asyncio.emit(any);
                            Asyncio.emit(number);
                            Asyncio.emit(right);
                            Asyncio.emit(null);
                            Asyncio.emit(1);
                            Asyncio.emit("text");
                            Asyncio.emit(1L);
                            Asyncio.emit(this);
                            Asyncio.emit(array);
                            return AsyncGenerator.done();
                        }
                        """)).containsExactly("""
                        ERROR shop.Orders.load(Orders.java:14): emit of a value of type String in a generator of Integer
                            Emit a value of type Integer, or declare the method as AsyncGenerator<String>.""", """
                        ERROR shop.Orders.load(Orders.java:15): emit of a value of type Long in a generator of Integer
                            Emit a value of type Integer, or declare the method as AsyncGenerator<Long>.""", """
                        ERROR shop.Orders.load(Orders.java:16): emit of a value of type Orders in a generator of Integer
                            Emit a value of type Integer, or declare the method as AsyncGenerator<Orders>.""", """
                        ERROR shop.Orders.load(Orders.java:17): emit of a value of type int[] in a generator of Integer
                            Emit a value of type Integer, or declare the method as AsyncGenerator<int[]>.""");
        for (String declared : List.of("Object", "Number", "Comparable<Integer>", "? extends Number", "?", "T")) {
            assertThat(diagnose("@Async <T> AsyncGenerator<" + declared
                            + "> load() { Asyncio.emit(1); return AsyncGenerator.done(); }"))
                    .isEmpty();
        }
        for (String declared :
                List.of("String", "Orders", "java.util.List<Integer>", "? extends CharSequence", "int[]")) {
            assertThat(diagnose("@Async AsyncGenerator<" + declared
                            + "> load() { Asyncio.emit(1); return AsyncGenerator.done(); }"))
                    .hasSize(declared.equals("int[]") ? 0 : 1); // the element type of an array is not looked at
        }
    }

    @Test
    void a_generator_that_does_not_end_with_its_end() {
        assertThat(diagnose("""
                        AsyncGenerator<Integer> other() { return AsyncGenerator.done(); }
                        @Async AsyncGenerator<Integer> load() { Asyncio.emit(1); return other(); }
                        @Async AsyncGenerator<Integer> none() { Asyncio.emit(1); return null; }
                        """)).containsExactly("""
                        ERROR shop.Orders.load(Orders.java:9): an async generator ends by returning AsyncGenerator.done(), this one returns another generator
                            Hand out what that one gives: while (await(other.hasNext())) { emit(await(other.next())); } return AsyncGenerator.done();""", """
                        ERROR shop.Orders.none(Orders.java:10): an async method must not return null: whoever awaits it would get a NullPointerException
                            Write: return AsyncGenerator.done();""");
    }

    @Test
    void a_generator_dropped_on_the_floor() {
        assertThat(diagnose("AsyncGenerator<Integer> all() { return AsyncGenerator.done(); } void load() { all(); }"))
                .containsExactly("""
                        WARNING shop.Orders.load(Orders.java:8): the async generator that all(...) returns is dropped: nothing of it will run
                            Go through it: await(all(...).forEach(value -> {...}));""");
    }

    @Test
    void a_resource_whose_closing_waits_closed_by_hand() {
        assertThat(diagnose("""
                        @Async Coroutine<Void> load(AsyncCloseable c) {
                            try (c) { c.hashCode(); }
                            try { c.hashCode(); } finally {
                                c.close();
                            }
                            return Coroutine.done();
                        }
                        """)).containsExactly("""
                        WARNING shop.Orders.load(Orders.java:11): close() on an AsyncCloseable throws: closing it takes a wait
                            Write: await(....closeAsync()); or make it the resource of a try-with-resources statement, which does so.""");
    }

    @Test
    void an_entry_point_is_nothing_else() {
        String wayOut = "\n    Declare it as Coroutine<Void> and end it with: return Coroutine.done();";
        String reason =
                "an @Async void method cannot be awaited, and nobody would hear of its failure: only a main method that the JVM can"
                        + " start, and a method with one of JUnit Jupiter's own annotations, may be one";
        for (String method : List.of(
                "private static void main(String[] args)",
                "static void main(String arg)",
                "void start()",
                "@Deprecated void test()")) {
            String name = method.replaceFirst(".* (\\w+)\\(.*", "$1");
            assertThat(diagnose("@Async " + method + " { await(fetch(1)); }".replace("fetch(1)", "Coroutine.of(1)")))
                    .containsExactly("ERROR shop.Orders." + name + "(Orders.java:8): " + reason + wayOut);
        }
        for (String method : List.of(
                "public static void main(String[] args) throws Exception",
                "static void main()",
                "void main(String... args)",
                "void main()",
                "@org.junit.jupiter.api.Test void test()",
                "@org.junit.jupiter.params.ParameterizedTest void test(int n)",
                "@org.junit.jupiter.api.BeforeAll static void before()")) {
            assertThat(diagnose("@Async " + method + " { await(Coroutine.of(1)); }"))
                    .isEmpty();
        }
    }

    @Test
    void a_test_that_returns_something() {
        assertThat(diagnose("@org.junit.jupiter.api.Test @Async Coroutine<Void> load() { return Coroutine.done(); }"))
                .containsExactly("""
                        ERROR shop.Orders.load(Orders.java:8): JUnit does not run a @Test method that returns a value, this one returns Coroutine
                            Declare it as @Async void: it may await, and JUnit sees a method that ends when its body has ended.""");
        assertThat(diagnose(
                        "@org.junit.jupiter.api.RepeatedTest(2) Coroutine<Void> load() { return Coroutine.done(); }"))
                .containsExactly("""
                        ERROR shop.Orders.load(Orders.java:8): JUnit does not run a @RepeatedTest method that returns a value, this one returns Coroutine
                            Declare it as @Async void: it may await, and JUnit sees a method that ends when its body has ended.""");
        assertThat(diagnose("@org.junit.jupiter.api.BeforeEach @Async CompletableFuture<String> load() {"
                        + " return CompletableFuture.completedFuture(\"\"); }"))
                .containsExactly("""
                        ERROR shop.Orders.load(Orders.java:8): JUnit does not run a @BeforeEach method that returns a value, this one returns CompletableFuture
                            Declare it as @Async void: it may await, and JUnit sees a method that ends when its body has ended.""");
    }

    @ParameterizedTest
    @CsvSource({
        "@io.github.jasyncio.testing.AsyncTest int,             @AsyncTest, int,       void",
        "@io.github.jasyncio.testing.AsyncTest Coroutine<Void>, @AsyncTest, Coroutine, void",
        "@io.github.jasyncio.testing.AsyncTest Task<Void>,      @AsyncTest, Task,      void",
        "@org.junit.jupiter.api.Test @Async int,                @Test,      int,       @Async void"
    })
    void the_way_out_of_a_test_that_returns_something_leads_to_no_other_error(
            String declared, String annotation, String returned, String wayOut) {
        assertThat(diagnose(declared + " load() { throw new IllegalStateException(); }"))
                .containsExactly("""
                        ERROR shop.Orders.load(Orders.java:8): JUnit does not run a %s method that returns a value, this one returns %s
                            Declare it as %s: it may await, and JUnit sees a method that ends when its body has ended.""".formatted(annotation, returned, wayOut));
    }

    @Test
    void a_task_that_is_not_kept() {
        assertThat(diagnose("""
                        void load(EventLoop loop) {
                            Asyncio.createTask(fetch(1));
                            loop.createTask(fetch(2), "b");
                            Task<String> kept = Asyncio.createTask(fetch(3));
                        }
                        """)).containsExactly("""
                        WARNING shop.Orders.load(Orders.java:9): the task that createTask(...) returns is not kept: nobody awaits it, and if it fails, that is only logged
                            Keep it and await it: Task<...> task = createTask(...); or create it in a TaskGroup, which waits for its tasks.""", """
                        WARNING shop.Orders.load(Orders.java:10): the task that createTask(...) returns is not kept: nobody awaits it, and if it fails, that is only logged
                            Keep it and await it: Task<...> task = createTask(...); or create it in a TaskGroup, which waits for its tasks.""");
    }

    @Test
    void a_task_of_a_group_is_kept_by_the_group() {
        assertThat(diagnose("void load(TaskGroup group) { group.createTask(fetch(1)); }"))
                .isEmpty();
    }

    @Test
    void a_method_that_means_it_has_no_warnings_nor_have_its_lambdas_but_errors() {
        assertThat(diagnose("""
                        @SuppressAsyncWarnings Orders() { fetch(0); }
                        @SuppressAsyncWarnings void load() {
                            fetch(1);
                            Runnable r = () -> { Runnable s = () -> fetch(2); fetch(3); };
                            await(fetch(4));
                        }
                        void load(int other) { fetch(5); }
                        """)).containsExactly("""
                        ERROR shop.Orders.load(Orders.java:12): await outside an async method
                            Make the method @Async and let it return a Coroutine; or a CompletableFuture, if who calls it knows nothing of coroutines.""", """
                        WARNING shop.Orders.load(Orders.java:14): the coroutine that fetch(...) returns is dropped: it will never run
                            Await it: await(fetch(...)); or let it run beside: Task<...> task = createTask(fetch(...));""");
    }

    @Test
    void a_call_that_mockito_is_told_of_is_not_dropped() {
        assertThat(diagnose("""
                        void load(Orders orders, Object... many) {
                            org.mockito.Mockito.verify(orders).fetch(1);
                            org.mockito.Mockito
                                    .doReturn(1, many.length, 2)
                                    .when(orders)
                                    .fetch(2);
                            orders.fetch(3);
                        }
                        """)).singleElement().asString().startsWith("WARNING shop.Orders.load(Orders.java:14): ");
    }

    @Test
    void a_coroutine_dropped_for_mockitos_sake_is_not_dropped() {
        assertThat(diagnose("""
                        static Coroutine<String> one() { return Coroutine.of("1"); }
                        void load(org.mockito.MockedStatic<Orders> mocked, Runnable r) {
                            mocked.when(() -> Orders.one()).thenReturn(null);
                            mocked.verify(Orders::one);
                            r = () -> Orders.one();
                        }
                        """))
                .singleElement()
                .asString()
                .startsWith("WARNING shop.Orders.lambda$load$1(Orders.java:12): ");
    }

    @Test
    void a_generator_dropped_for_mockitos_sake_is_not_dropped() {
        assertThat(diagnose("""
                        static AsyncGenerator<String> all() { return AsyncGenerator.done(); }
                        void load(org.mockito.MockedStatic<Orders> mocked, Runnable r) {
                            mocked.when(() -> Orders.all()).thenReturn(null);
                            mocked.verify(Orders::all);
                            r = () -> Orders.all();
                            r = Orders::all;
                        }
                        """))
                .satisfiesExactly(
                        first -> assertThat(first).contains("(Orders.java:13): the async generator that all(...)"),
                        second -> assertThat(second).contains("(Orders.java:12): the async generator that all(...)"));
    }

    @Test
    void a_coroutine_dropped_in_a_class_that_only_calls_an_async_method() {
        CompiledSource.compileOne("shop.Orders", HEAD + "}");
        byte[] plain = Objects.requireNonNull(
                CompiledSource.compile("shop.Orders", HEAD + "}\nclass Plain { void click(Orders o) { o.fetch(1); } }")
                        .get("shop.Plain"));

        assertThat(Transformer.transform(plain).diagnostics())
                .singleElement()
                .asString()
                .contains("the coroutine that fetch(...) returns is dropped");
    }

    @Test
    void a_generator_dropped_in_a_class_that_only_calls_it() {
        String all = HEAD + "AsyncGenerator<Integer> all() { return AsyncGenerator.done(); } }";
        byte[] plain = Objects.requireNonNull(
                CompiledSource.compile("shop.Orders", all + "\nclass Plain { void click(Orders o) { o.all(); } }")
                        .get("shop.Plain"));

        assertThat(Transformer.transform(plain).diagnostics())
                .singleElement()
                .asString()
                .contains("the async generator that all(...) returns is dropped");
    }

    @Test
    void a_generator_in_a_variable_that_nobody_reads() {
        assertThat(diagnose("""
                        AsyncGenerator<Integer> all() { return AsyncGenerator.done(); }
                        AsyncGenerator<Integer> load() {
                            var forgotten = all();
                            var finished = AsyncGenerator.done();
                            var read = all();
                            return read;
                        }
                        """)).containsExactly("""
                        WARNING shop.Orders.load(Orders.java:10): the async generator that all(...) returns is stored in a variable that nobody reads: nothing of it will run
                            Go through it: await(all(...).forEach(value -> {...}));""");
    }

    @Test
    void either_of_two_coroutines_in_a_variable_that_nobody_reads() {
        assertThat(diagnose("""
                        @Async Coroutine<String> load(int n) {
                            var forgotten = n > 0 ? fetch(1) : Coroutine.of("2");
                            var known = n > 0 ? fetch(3) : fetch(4);
                            return known;
                        }
                        """))
                .singleElement()
                .asString()
                .startsWith("WARNING shop.Orders.load(Orders.java:9): the coroutine that fetch(...) returns is stored");
    }

    @Test
    void a_coroutine_in_a_variable_that_nobody_reads() {
        assertThat(diagnose("""
                        @Async Coroutine<String> load(int n) {
                            var forgotten = fetch(1);
                            var finished = Coroutine.of("2");
                            var awaited = fetch(3);
                            var sometimes = fetch(4);
                            Coroutine<String> replaced = fetch(5);
                            replaced = fetch(6);
                            if (n > 0) return sometimes;
                            return Coroutine.of(await(awaited) + await(replaced));
                        }
                        """)).containsExactly("""
                        WARNING shop.Orders.load(Orders.java:9): the coroutine that fetch(...) returns is stored in a variable that nobody reads: it will never run
                            Await it: await(fetch(...)); or let it run beside: Task<...> task = createTask(fetch(...));""", """
                        WARNING shop.Orders.load(Orders.java:13): the coroutine that fetch(...) returns is stored in a variable that nobody reads: it will never run
                            Await it: await(fetch(...)); or let it run beside: Task<...> task = createTask(fetch(...));""");
    }

    @Test
    void a_coroutine_made_part_of_a_string() {
        String members = """
                        String load(Coroutine<String> c, long n) {
                            return "of " + n + fetch(1) + n + c;
                        }
                        String value() { return String.valueOf(fetch(2)); }
                        """;
        String[] expected = {"""
                        WARNING shop.Orders.load(Orders.java:9): the coroutine that fetch(...) returns is made part of a string: it will never run
                            Await it: await(fetch(...)).""", """
                        WARNING shop.Orders.value(Orders.java:11): the coroutine that fetch(...) returns is made part of a string: it will never run
                            Await it: await(fetch(...))."""};

        assertThat(diagnose("-g", members)).containsExactly(expected);
        assertThat(diagnose("-XDstringConcat=inline", members)).containsExactly(expected);
    }

    @Test
    void await_in_what_is_done_for_each_element() {
        String expected =
                "    Write a for loop, or let all run at once: await(gather(list.stream().map(x -> ...).toList())); with a lambda that gives a Coroutine.";

        assertThat(diagnose("void load(java.util.List<Coroutine<String>> l) { l.forEach(x -> await(x)); }"))
                .singleElement()
                .asString()
                .endsWith("can\n" + expected);
        assertThat(
                        diagnose(
                                "Object load(java.util.List<Coroutine<String>> l) { return l.stream().map(x -> await(x)).toList(); }"))
                .singleElement()
                .asString()
                .endsWith("can\n" + expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "java.util.concurrent.Future<Integer> | java.util.concurrent.Future | Integer",
                "io.github.jasyncio.Task<java.util.Map<String, ? extends int[]>> | io.github.jasyncio.Task | Map<String, ? extends int[]>",
                "java.util.concurrent.Future<?> | java.util.concurrent.Future | Object",
                "java.util.concurrent.Future | java.util.concurrent.Future | Object",
                "Awaitable<Integer> | io.github.jasyncio.Awaitable | Integer",
                "java.util.Map.Entry<String, Long>[] | java.util.Map$Entry[] | Entry<String, Long>[]",
                "java.util.List<? super Integer> | java.util.List | List<? super Integer>",
                "double | double | Double",
            })
    void return_types_and_what_to_write_instead(String declared, String returned, String value) {
        assertThat(diagnose("@Async " + declared + " load() { throw new IllegalStateException(); }"))
                .containsExactly("""
                        ERROR shop.Orders.load(Orders.java:8): an @Async method must return Coroutine (or CompletableFuture, CompletionStage), this one returns %s
                            Declare it as Coroutine<%s> and write: return Coroutine.of(value);""".formatted(returned, value));
    }

    @Test
    void blocking_calls() {
        assertThat(diagnose("""
                        @Async Coroutine<String> load(CompletableFuture<String> f) throws Exception {
                            Thread.sleep(10);
                            return Coroutine.of(f.get());
                        }
                        """)).containsExactly("""
                        WARNING shop.Orders.load(Orders.java:9): Thread.sleep blocks the thread of the event loop, and with it every other task
                            Write: await(sleep(duration));""", """
                        WARNING shop.Orders.load(Orders.java:10): CompletableFuture.get blocks the thread of the event loop, and with it every other task
                            Await it: await(future).""");
    }

    @Test
    void a_method_too_large_after_rewriting_is_refused_by_name_and_the_others_are_rewritten() {
        StringBuilder members = new StringBuilder("@Async Coroutine<Integer> large(int n) {\n");
        for (int i = 0; i < 1500; i++) {
            members.append("n += await(Coroutine.of(n)) * n;\n");
        }
        members.append("return Coroutine.of(n); }\n@Async Coroutine<Integer> small() { return Coroutine.of(1); }\n");

        Result result = transform(members.toString());

        assertThat(result.diagnostics()).hasSize(1);
        assertThat(result.diagnostics().get(0).toString())
                .matches(
                        "(?s)shop\\.Orders\\.large\\(Orders\\.java:9\\): the rewritten method would take \\d{5,6} bytes, "
                                + "more than the 65535 that a class file allows\n"
                                + "    Move parts of it into @Async methods of their own\\.");
        assertThat(result.frameClasses())
                .extracting(FrameClass::className)
                .containsExactly("shop.Orders$small$async$1");
    }

    /** No compiler compares an object that is not initialised yet. */
    @Test
    void await_among_the_arguments_of_a_constructor_in_an_unknown_shape() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "shop/Odd", null, "java/lang/Object", null);
        MethodVisitor code = writer.visitMethod(
                Opcodes.ACC_STATIC,
                "make",
                "(Lio/github/jasyncio/Coroutine;)Lio/github/jasyncio/Coroutine;",
                null,
                null);
        code.visitAnnotation("Lio/github/jasyncio/Async;", false).visitEnd();
        Label made = new Label();
        code.visitLabel(made);
        code.visitTypeInsn(Opcodes.NEW, "java/lang/String");
        code.visitInsn(Opcodes.DUP);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                "io/github/jasyncio/Asyncio",
                "await",
                "(Lio/github/jasyncio/Awaitable;)Ljava/lang/Object;",
                false);
        code.visitTypeInsn(Opcodes.CHECKCAST, "java/lang/String");
        code.visitInsn(Opcodes.SWAP);
        code.visitInsn(Opcodes.DUP);
        Label same = new Label();
        code.visitJumpInsn(Opcodes.IFNONNULL, same);
        code.visitLabel(same);
        code.visitFrame(Opcodes.F_NEW, 1, new Object[] {"io/github/jasyncio/Coroutine"}, 3, new Object[] {
            made, "java/lang/String", made
        });
        code.visitInsn(Opcodes.SWAP);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/String", "<init>", "(Ljava/lang/String;)V", false);
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                "io/github/jasyncio/Coroutine",
                "of",
                "(Ljava/lang/Object;)Lio/github/jasyncio/Coroutine;",
                false);
        code.visitInsn(Opcodes.ARETURN);
        code.visitMaxs(0, 0);
        writer.visitEnd();

        Result result = Transformer.transform(writer.toByteArray());

        assertThat(result.diagnostics()).extracting(Diagnostic::toString).containsExactly("""
                        shop.Odd.make(Unknown Source): await among the arguments of a constructor, compiled in a way that is not known here
                            Await into a local variable first, and pass that.""");
    }

    @Test
    void all_mistakes_of_a_class_are_reported_in_one_go() {
        assertThat(diagnose("""
                        @Async void a() { }
                        String b() { return await(fetch(1)) + await(fetch(2)); }
                        @Async synchronized Coroutine<Void> c() { return Coroutine.done(); }
                        """)).hasSize(4);
    }

    @Test
    void a_refused_method_says_so_when_called_and_the_rest_of_the_class_works() throws Exception {
        Result result = transform("""
                static String load() { return await(Coroutine.of("x")); }
                static String fine() { return "fine"; }
                """);
        Class<?> orders = new ClassLoader(getClass().getClassLoader()) {
            Class<?> define() {
                byte[] bytes = result.classFile();
                return defineClass("shop.Orders", bytes, 0, bytes.length);
            }
        }.define();

        var load = orders.getDeclaredMethod("load");
        load.setAccessible(true);
        assertThatThrownBy(() -> load.invoke(null))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(result.diagnostics().get(0).toString());
        var fine = orders.getDeclaredMethod("fine");
        fine.setAccessible(true);
        assertThat(fine.invoke(null)).isEqualTo("fine");
    }
}
