package io.github.jasyncio.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BlockingCallsTest {

    /** They came to the JDK after the one that builds us. */
    private static final List<String> LATER = List.of("java.util.concurrent.ExecutorService.close");

    static Stream<String> known() throws IOException {
        try (InputStream in = BlockingCalls.class.getResourceAsStream("blocking-calls.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"));
        }
    }

    @ParameterizedTest
    @MethodSource("known")
    void what_the_list_names_is_there(String line) throws ClassNotFoundException {
        String method = line.split("\\s", 2)[0];
        if (LATER.contains(method)) {
            return;
        }
        int dot = method.lastIndexOf('.');

        Class<?> owner = Class.forName(method.substring(0, dot));

        assertThat(Arrays.stream(owner.getMethods()).map(m -> m.getName())).contains(method.substring(dot + 1));
    }

    @Test
    void users_add_their_own_with_or_without_a_way_out() {
        byte[] dao = CompiledSource.compileOne("Dao", """
                import io.github.jasyncio.*;
                class Dao {
                    @Async Coroutine<Void> run() throws Exception {
                        load();
                        new Session().flush();
                        Thread.sleep(1);
                        return Coroutine.done();
                    }
                    void load() { }
                    static class Session { void flush() { } }
                }
                """, "-g");
        BlockingCalls calls = BlockingCalls.knownAnd("""
                # ours
                Dao.load   Use the other Dao.

                  Dao$Session.flush
                java.lang.Thread.sleep Go to bed.
                """, "ours.txt");

        assertThat(Transformer.transform(dao, false, calls).diagnostics())
                .extracting(Diagnostic::toString)
                .containsExactly("""
                        Dao.run(Dao.java:4): Dao.load blocks the thread of the event loop, and with it every other task
                            Use the other Dao.""", """
                        Dao.run(Dao.java:5): Dao$Session.flush blocks the thread of the event loop, and with it every other task
                            Run it in a thread of its own: await(toThread(() -> ...)).""", """
                        Dao.run(Dao.java:6): Thread.sleep blocks the thread of the event loop, and with it every other task
                            Go to bed.""");
    }

    @Test
    void a_line_that_names_no_method_is_an_error_with_its_number() {
        assertThatThrownBy(() -> BlockingCalls.knownAnd("# ours\nload", "ours.txt"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "ours.txt:2: 'load' names no method; write its class, a dot and its name, and behind it what to do"
                                + " instead: shop.Dao.load Use shop.AsyncDao.");
    }
}
