package io.github.jasyncio;

import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Scripted.await;
import static io.github.jasyncio.Scripted.coroutine;
import static io.github.jasyncio.Scripted.give;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.internal.signals.OsSignal;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Semantics: {@code loop.add_signal_handler}. WINCH does nothing by itself, so a test that fails does not end the JVM. */
@NullUnmarked // as free as a test
class SignalTest extends LoopTest {

    private static Object signal(String name) throws ReflectiveOperationException {
        return Class.forName("sun.misc.Signal").getConstructor(String.class).newInstance(name);
    }

    private static void raise() {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            type.getMethod("raise", type).invoke(null, signal("WINCH"));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("sun.misc.Signal", e);
        }
    }

    /** Sets the program's own handler, and gives the one that was there. */
    private static Object handle(Object handler) throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.Signal");
        Method handle = type.getMethod("handle", type, Class.forName("sun.misc.SignalHandler"));
        return handle.invoke(null, signal("WINCH"), handler);
    }

    private static Object ignoring() throws ReflectiveOperationException {
        return Class.forName("sun.misc.SignalHandler").getField("SIG_IGN").get(null);
    }

    @Test
    void a_signal_runs_its_callback_on_the_loop_in_the_context_of_its_registration() {
        ContextVar<String> var = new ContextVar<>("var", "default");
        Thread here = Thread.currentThread();
        Future<Void> came = loop.createFuture();

        run(coroutine(() -> {
            var.set("at registration");
            loop.addSignalHandler("WINCH", () -> {
                log(var.get(), Thread.currentThread() == here);
                came.setResult(null);
            });
            var.set("later");
            raise();
            return await(came, v -> give(null));
        }));

        assertThat(trace).containsExactly("0 at registration true");
    }

    @Test
    void a_second_callback_replaces_the_first() {
        Future<Void> came = loop.createFuture();
        loop.addSignalHandler("WINCH", () -> log("first"));
        loop.addSignalHandler("SIGWINCH", () -> {
            log("second");
            came.setResult(null);
        });
        loop.callSoon(SignalTest::raise);

        run(came);

        assertThat(trace).containsExactly("0 second");
        assertThat(loop.removeSignalHandler("WINCH")).isTrue();
        assertThat(loop.removeSignalHandler("WINCH")).isFalse();
    }

    @Test
    void what_was_there_before_comes_back_in_whatever_order_loops_go() throws Exception {
        Object original = handle(ignoring());
        try {
            EventLoop other = EventLoop.builder().build();
            loop.addSignalHandler("WINCH", () -> {});
            other.addSignalHandler("WINCH", () -> {});

            loop.removeSignalHandler("WINCH");
            assertThat(isOurs(handle(ignoring()))).isTrue();

            loop.addSignalHandler("WINCH", () -> {});
            other.addSignalHandler("WINCH", () -> {});
            loop.close();
            other.close();
            assertThat(handle(ignoring())).isSameAs(ignoring());
        } finally {
            handle(original);
        }
    }

    private static boolean isOurs(Object handler) {
        return Proxy.isProxyClass(handler.getClass()) && Proxy.getInvocationHandler(handler) instanceof OsSignal;
    }

    @Test
    void a_handler_of_somebody_else_that_came_later_stays() throws Exception {
        loop.addSignalHandler("WINCH", () -> {});
        Object original = handle(ignoring());

        loop.removeSignalHandler("WINCH");

        assertThat(isOurs(original)).isTrue();
        assertThat(handle(ignoring())).isSameAs(ignoring());
    }

    @Test
    void closing_the_loop_lets_go_of_its_signals() throws Exception {
        loop.addSignalHandler("WINCH", () -> log("never"));

        loop.close();

        assertThat(isOurs(handle(ignoring()))).isFalse();
    }

    @Test
    void what_cannot_be_caught_is_refused() {
        assertThatThrownBy(() -> loop.addSignalHandler("NOSUCH", () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("signal NOSUCH cannot be caught: Unknown signal: NOSUCH");
        assertThatThrownBy(() -> loop.addSignalHandler("SIGSEGV", () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("signal SEGV cannot be caught: ");
        assertThatThrownBy(() -> loop.addSignalHandler("WINCH", null))
                .hasMessage("addSignalHandler: a callback was expected, got null");
        run(sleep(ms(1)));
    }
}
