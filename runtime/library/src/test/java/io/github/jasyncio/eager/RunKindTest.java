package io.github.jasyncio.eager;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.internal.EntryPoint;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The run kind: JUnit calls these methods as it calls any others, and they have ended when it goes on. */
class RunKindTest {

    private static final List<String> BEFORE_ALL = new ArrayList<>();

    private final List<String> log = new ArrayList<>();

    @BeforeAll
    @Async
    static void before_all() {
        await(sleep(Duration.ofMillis(1)));
        BEFORE_ALL.add("before all");
    }

    @BeforeEach
    @Async
    void before_each() {
        await(sleep(Duration.ofMillis(1)));
        log.add("before");
    }

    @AfterEach
    @Async
    void after_each() {
        await(sleep(Duration.ZERO));
        assertThat(log).startsWith("before").hasSizeGreaterThan(1);
    }

    @Test
    @Async
    void a_test_awaits_on_a_loop_of_its_own() {
        EventLoop loop = getRunningLoop();
        await(sleep(Duration.ofMillis(1)));
        log.add("test");
        assertThat(getRunningLoop()).isSameAs(loop);
        assertThat(log).containsExactly("before", "test");
        assertThat(BEFORE_ALL).containsExactly("before all");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @Async
    void with_parameters(int n) {
        await(sleep(Duration.ZERO));
        log.add("n is " + n);
        assertThat(n).isBetween(1, 2);
    }

    @Async
    public static void main(String... arguments) throws IOException {
        await(sleep(Duration.ZERO));
        if (arguments.length > 0) {
            throw new IOException(arguments[0]);
        }
    }

    @Test
    void what_it_fails_with_is_thrown_as_it_is() throws IOException {
        log.add("main");
        main();

        assertThatThrownBy(() -> main("no file"))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("no file");
    }

    /** Called by the next test, and by JUnit. */
    @Test
    @Async
    void notes_its_loop() {
        await(sleep(Duration.ZERO));
        log.add("on " + getRunningLoop());
    }

    @Test
    void who_extends_the_test_framework_says_who_runs_tests_on_this_thread() {
        EventLoop loop = EventLoop.builder().virtualTime().build();
        @Nullable Consumer<Coroutine<?>> before = EntryPoint.runTestsBy(loop::runUntilComplete);
        try {
            notes_its_loop();
        } finally {
            assertThat(EntryPoint.runTestsBy(before)).isNotNull();
        }
        assertThat(log.get(1)).isEqualTo("on " + loop.toString().replace("running=false", "running=true"));
        loop.close();

        notes_its_loop(); // on a loop of its own again: that one is closed
        assertThat(log).hasSize(3);
    }
}
