package io.github.jasyncio.traces;

import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCallable;
import io.github.jasyncio.Coroutine;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a value that is null the JVM's message tells that an await gave it, as it does where nothing is rewritten. */
@NullUnmarked // null is what is awaited
class NullMessagesTest {

    private static final String BECAUSE =
            "because the return value of \"io.github.jasyncio.internal.Execution.await(Object)\" is null";

    private static final class Box {
        int content;
    }

    @Async
    static <T> Coroutine<T> nothing(boolean suspends) {
        if (suspends) {
            await(sleep(Duration.ZERO));
        }
        return Coroutine.of(null);
    }

    private static void assertMessage(String beginning, AsyncCallable<?> uses) {
        assertThatThrownBy(() -> run(async(uses)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage(beginning + " " + BECAUSE);
    }

    @ParameterizedTest(name = "suspends: {0}")
    @ValueSource(booleans = {false, true})
    void whatever_a_value_is_used_for(boolean suspends) {
        assertMessage("Cannot invoke \"java.lang.Integer.intValue()\"", () -> {
            int value = await(NullMessagesTest.<Integer>nothing(suspends));
            return Coroutine.of(value);
        });
        assertMessage("Cannot invoke \"java.lang.Long.longValue()\"", () -> {
            return Coroutine.of(2 * await(NullMessagesTest.<Long>nothing(suspends)));
        });
        assertMessage("Cannot invoke \"String.length()\"", () -> {
            return Coroutine.of(
                    await(NullMessagesTest.<String>nothing(suspends)).length());
        });
        assertMessage("Cannot invoke \"String.charAt(int)\"", () -> {
            return Coroutine.of(
                    await(NullMessagesTest.<String>nothing(suspends)).charAt(0));
        });
        assertMessage("Cannot invoke \"java.util.List.size()\"", () -> {
            return Coroutine.of(
                    await(NullMessagesTest.<List<?>>nothing(suspends)).size());
        });
        assertMessage("Cannot read field \"content\"", () -> {
            return Coroutine.of(await(NullMessagesTest.<Box>nothing(suspends)).content);
        });
        assertMessage("Cannot read the array length", () -> {
            return Coroutine.of(await(NullMessagesTest.<int[]>nothing(suspends)).length);
        });
        assertMessage("Cannot load from int array", () -> {
            return Coroutine.of(await(NullMessagesTest.<int[]>nothing(suspends))[1]);
        });
        assertMessage("Cannot throw exception", () -> {
            throw await(NullMessagesTest.<RuntimeException>nothing(suspends));
        });
    }
}
