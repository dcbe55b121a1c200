package io.github.jasyncio.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.agent.files.ClassDirectory;
import io.github.jasyncio.agent.files.Rewriting;
import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadTimeTransformerTest {

    private static final String ORDERS = """
            public class Orders {
                @Async public static Coroutine<Integer> price(int item) { return Coroutine.of(await(ten()) * item); }
                @Async private static Coroutine<Integer> ten() { return Coroutine.of(10); }
            }
            """;

    private final Logger logger = Logger.getLogger("jasyncio");
    private final Handler handler = new Remembering();
    private final List<String> log = new ArrayList<>();
    private final List<String> opened = new ArrayList<>();

    @TempDir
    private Path classes;

    private LoadTimeTransformer transformer;

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        transformer = new LoadTimeTransformer(instrumentation(), AgentOptions.parse(""));
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }

    @Test
    void an_async_method_runs_once_its_class_is_loaded() throws Exception {
        Javac.shop(classes, "Orders", ORDERS);
        Class<?> orders = new RewritingLoader(getClass().getClassLoader()).loadClass("shop.Orders");

        Object coroutine = orders.getMethod("price", int.class).invoke(null, 3);

        assertThat(new Execution().run((Frame<?>) coroutine)).isEqualTo(30);
        assertThat(log).isEmpty();
    }

    @Test
    void the_class_is_the_one_that_a_build_writes() throws Exception {
        Javac.shop(classes, "Orders", ORDERS);
        Path file = classes.resolve("shop/Orders.class");

        byte[] loaded = transform(getClass().getClassLoader(), "shop/Orders", Files.readAllBytes(file));
        new ClassDirectory(classes).transform(new Rewriting(ClassFilter.ALL, false));

        assertThat(loaded).isEqualTo(Files.readAllBytes(file));
    }

    @Test
    void a_class_without_async_methods_stays_and_costs_no_access_to_java_lang() throws Exception {
        Javac.shop(classes, "Plain", "class Plain {}");

        byte[] result = transform(new RewritingLoader(null), "shop/Plain", bytes("Plain"));

        assertThat(result).isNull();
        assertThat(opened).isEmpty();
        assertThat(log).isEmpty();
    }

    @Test
    void classes_of_the_jdk_and_of_the_agent_are_not_looked_at() throws Exception {
        byte[] notEvenAClass = {};

        assertThat(transform(null, "java/lang/Thing", notEvenAClass)).isNull();
        assertThat(transform(ClassLoader.getPlatformClassLoader(), "java/sql/Thing", notEvenAClass))
                .isNull();
        assertThat(transform(getClass().getClassLoader(), "io/github/jasyncio/agent/Thing", notEvenAClass))
                .isNull();
        assertThat(transform(getClass().getClassLoader(), "io/github/jasyncio/transform/Thing", notEvenAClass))
                .isNull();
        assertThat(log).isEmpty();
    }

    @Test
    void what_the_filter_excludes_is_not_looked_at() throws Exception {
        transformer = new LoadTimeTransformer(instrumentation(), AgentOptions.parse("excludes=shop.*"));

        assertThat(transform(getClass().getClassLoader(), "shop/Orders", new byte[0]))
                .isNull();
        assertThat(log).isEmpty();
    }

    @Test
    void a_broken_class_is_named_and_left_to_the_jvm() throws Exception {
        assertThat(transform(getClass().getClassLoader(), "shop/Orders", new byte[] {1, 2, 3, 4}))
                .isNull();
        assertThat(log).singleElement().asString().startsWith("SEVERE shop.Orders: ");
    }

    @Test
    void a_class_newer_than_we_know_is_an_error_that_names_its_version() throws Exception {
        Javac.shop(classes, "Orders", ORDERS);
        byte[] newer = bytes("Orders");
        newer[7] = 99;

        assertThat(transform(getClass().getClassLoader(), "shop/Orders", newer)).isNull();
        assertThat(log).singleElement().asString().startsWith("SEVERE shop.Orders is of class file version 99");
    }

    @Test
    void what_the_jdk_generates_to_call_await_by_reflection_is_let_alone() throws Exception {
        Javac.shop(classes, "Orders", ORDERS);
        byte[] older = bytes("Orders");
        older[7] = 49;

        assertThat(transform(getClass().getClassLoader(), "jdk/internal/reflect/GeneratedMethodAccessor1", older))
                .isNull();
        assertThat(log).isEmpty();
    }

    @Test
    @SuppressWarnings("NullAway") // provokes a failure that nobody foresaw
    void a_bug_in_us_is_reported_as_one_and_leaves_the_class_as_it_was() throws Exception {
        assertThat(transform(getClass().getClassLoader(), "shop/Orders", null)).isNull();
        assertThat(log)
                .singleElement()
                .asString()
                .startsWith("SEVERE jasyncio " + Version.current()
                        + " could not rewrite shop.Orders (a bug in jasyncio): java.lang.NullPointerException");
    }

    @Test
    void a_mistake_is_reported_when_the_class_is_loaded_and_thrown_when_the_method_is_called() throws Exception {
        String source = "public class Misuse { public static int now(Coroutine<Integer> c) { return await(c); } }";
        Javac.shop(classes, "Misuse", source);

        Class<?> misuse = new RewritingLoader(getClass().getClassLoader()).loadClass("shop.Misuse");

        String expected = "shop.Misuse.now(Misuse.java:8): await outside an async method\n    ";
        assertThat(log).singleElement().asString().startsWith("SEVERE " + expected);
        Method now = misuse.getMethod("now", io.github.jasyncio.Coroutine.class);
        assertThatThrownBy(() -> now.invoke(null, io.github.jasyncio.Coroutine.done()))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .hasMessageStartingWith(expected);
    }

    @Test
    void a_warning_is_logged_as_one() throws Exception {
        String source = """
                class Warned {
                    @Async Coroutine<Void> slow() throws InterruptedException { Thread.sleep(1); return Coroutine.done(); }
                }
                """;
        Javac.shop(classes, "Warned", source);

        new RewritingLoader(getClass().getClassLoader()).loadClass("shop.Warned");

        assertThat(log).singleElement().asString().startsWith("WARNING shop.Warned.slow(Warned.java:9): ");
    }

    @Test
    void a_class_whose_frames_are_there_already_is_rewritten_all_the_same() throws Exception {
        Javac.shop(classes, "Orders", ORDERS);
        ClassLoader loader = new RewritingLoader(getClass().getClassLoader());

        byte[] first = transform(loader, "shop/Orders", bytes("Orders"));
        byte[] second = transform(loader, "shop/Orders", bytes("Orders"));

        assertThat(second).isEqualTo(first).isNotNull();
        assertThat(log).isEmpty();
    }

    @Test
    void a_class_of_the_same_loader_that_has_the_name_of_a_frame_is_left_alone() throws Exception {
        Javac.shop(classes, "Bills$price$async$0", "class Bills$price$async$0 { static int ten = 10; }");
        Javac.shop(
                classes,
                "Bills",
                "public class Bills { @Async public static Coroutine<Integer> price(int item) {"
                        + " return Coroutine.of(await(Coroutine.of(item)) * Bills$price$async$0.ten); } }");
        Class<?> orders = new RewritingLoader(getClass().getClassLoader()).loadClass("shop.Bills");

        Object coroutine = orders.getMethod("price", int.class).invoke(null, 3);

        assertThat(new Execution().run((Frame<?>) coroutine)).isEqualTo(30);
        assertThat(log).isEmpty();
    }

    @Test
    void a_class_that_was_made_in_the_loader_and_has_the_name_of_a_frame_is_not_taken_for_one() throws Exception {
        Javac.shop(classes, "Bills", ORDERS.replace("Orders", "Bills"));
        Javac.shop(classes, "Bills$price$async$0", "class Bills$price$async$0 {}");
        ClassLoader loader = new RewritingLoader(getClass().getClassLoader());
        loader.loadClass("shop.Bills$price$async$0");
        Files.delete(classes.resolve("shop/Bills$price$async$0.class"));

        assertThat(transform(loader, "shop/Bills", bytes("Bills"))).isNull();
        assertThat(log)
                .singleElement()
                .asString()
                .startsWith("SEVERE shop.Bills was not rewritten: " + loader
                        + " did not take shop.Bills$price$async$0: java.lang.LinkageError")
                .endsWith("; is another class of that name there already?");
    }

    @Test
    void a_loader_that_does_not_see_the_core_is_told_of() throws Exception {
        Javac.shop(classes, "Orders", ORDERS);
        ClassLoader blind = new RewritingLoader(null);

        assertThat(transform(blind, "shop/Orders", bytes("Orders"))).isNull();
        assertThat(log)
                .singleElement()
                .asString()
                .startsWith("SEVERE shop.Orders was not rewritten: " + blind + " did not take shop.Orders$")
                .contains("NoClassDefFoundError")
                .endsWith("; does the loader see jasyncio-core?");
    }

    @Test
    void a_broken_logger_breaks_nothing() throws Exception {
        PrintStream real = System.err;
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        logger.setFilter(message -> {
            throw new IllegalStateException("no log today");
        });
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            assertThat(transform(getClass().getClassLoader(), "shop/Orders", new byte[4]))
                    .isNull();
        } finally {
            System.setErr(real);
            logger.setFilter(null);
        }

        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("jasyncio: ERROR: shop.Orders: ")
                .contains("jasyncio: and the logger failed: java.lang.IllegalStateException: no log today");
    }

    private byte @Nullable [] transform(@Nullable ClassLoader loader, String internalName, byte[] classFile) {
        return transformer.transform(loader, internalName, null, null, classFile);
    }

    private byte[] bytes(String className) throws IOException {
        return Files.readAllBytes(classes.resolve("shop").resolve(className + ".class"));
    }

    /** Opens nothing: the build opens java.lang to these tests. */
    private Instrumentation instrumentation() {
        return (Instrumentation) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Instrumentation.class}, (proxy, method, arguments) -> {
                    opened.add(method.getName());
                    return null;
                });
    }

    private final class RewritingLoader extends ClassLoader {

        RewritingLoader(@Nullable ClassLoader parent) {
            super(parent);
        }

        @Override
        public @Nullable InputStream getResourceAsStream(String name) {
            try {
                Path file = classes.resolve(name);
                return Files.exists(file) ? Files.newInputStream(file) : super.getResourceAsStream(name);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            try {
                byte[] classFile = Files.readAllBytes(classes.resolve(name.replace('.', '/') + ".class"));
                byte[] rewritten = transform(this, name.replace('.', '/'), classFile);
                byte[] result = rewritten == null ? classFile : rewritten;
                return defineClass(name, result, 0, result.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private final class Remembering extends Handler {

        @Override
        public void publish(LogRecord message) {
            log.add(message.getLevel() + " " + message.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
