package io.github.jasyncio.web;

import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.emit;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonIOException;
import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncGenerator;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import jakarta.json.bind.JsonbBuilder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** A controller that returns what is to be awaited must not answer with its entrails, nor with an empty object. */
class NotDataTest {

    private static final String SECRET = "s3cret";

    private static final Duration SOON = Duration.ofMillis(1);

    enum Serialiser {
        JACKSON_2 {
            @Override
            String write(Object value) throws Exception {
                return new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(value);
            }
        },
        JACKSON_2_FOR_WHICH_NOTHING_IS_EMPTY {
            @Override
            String write(Object value) throws Exception {
                return new com.fasterxml.jackson.databind.ObjectMapper()
                        .disable(com.fasterxml.jackson.databind.SerializationFeature.FAIL_ON_EMPTY_BEANS)
                        .writeValueAsString(value);
            }
        },
        JACKSON_3 {
            @Override
            String write(Object value) {
                return new JsonMapper().writeValueAsString(value);
            }
        },
        JSON_B {
            @Override
            String write(Object value) {
                return JsonbBuilder.create().toJson(value);
            }
        };

        abstract String write(Object value) throws Exception;
    }

    @Async
    private static Coroutine<Integer> length(String password) {
        await(sleep(SOON));
        return Coroutine.of(password.length());
    }

    @Async
    private static AsyncGenerator<String> words(String password) {
        emit(password);
        await(sleep(SOON));
        emit(password);
        return AsyncGenerator.done();
    }

    /** All that is awaited, and what gives values to be awaited, by name. */
    private static Map<String, Object> awaitables(Coroutine<Integer> suspended, Task<Integer> task) {
        Map<String, Object> awaitables = new LinkedHashMap<>();
        awaitables.put("created", length(SECRET));
        awaitables.put("suspended", suspended);
        awaitables.put("finished", Coroutine.of(SECRET));
        awaitables.put("done", Coroutine.done());
        awaitables.put("of a lambda", async(() -> length(SECRET)));
        awaitables.put("by hand", sleep(SOON, SECRET));
        awaitables.put("a limited one", waitFor(length(SECRET), SOON));
        awaitables.put("task", task);
        Future<String> future = getRunningLoop().createFuture();
        future.setResult(SECRET);
        awaitables.put("future", future);
        awaitables.put("gathering", gather(getRunningLoop().<String>createFuture()));
        awaitables.put("loop", getRunningLoop());
        awaitables.put("generator", words(SECRET));
        awaitables.put("ended generator", AsyncGenerator.done());
        awaitables.put("made of a generator", words(SECRET).take(1));
        awaitables.put("generator's value", words(SECRET).next());
        awaitables.put("all of a generator's", words(SECRET).toList());
        awaitables.put("generator as a resource", words(SECRET).closing());
        awaitables.put("generator as a publisher", words(SECRET).toPublisher());
        return awaitables;
    }

    @Async
    private static Coroutine<Map<String, Object>> awaitables() {
        Coroutine<Integer> suspended = length(SECRET);
        Task<Integer> task = createTask(suspended);
        await(sleep(Duration.ZERO));
        Map<String, Object> awaitables = awaitables(suspended, task);
        AsyncGenerator<String> standing = words(SECRET);
        await(standing.hasNext());
        awaitables.put("standing generator", standing);
        return Coroutine.of(awaitables);
    }

    @ParameterizedTest
    @EnumSource
    void nothing_that_is_awaited_is_written(Serialiser serialiser) {
        run(async(() -> {
            await(awaitables())
                    .forEach((name, awaitable) -> assertThatThrownBy(() -> serialiser.write(awaitable))
                            .as(name)
                            .isInstanceOf(Exception.class));
            return Coroutine.done();
        }));
    }

    @ParameterizedTest
    @EnumSource
    void the_failure_says_what_a_controller_returns(Serialiser serialiser) {
        assertThatThrownBy(() -> serialiser.write(length(SECRET)))
                .rootCause()
                .hasMessageStartingWith(
                        "<coroutine created io.github.jasyncio.web.NotDataTest.length(NotDataTest.java:")
                .hasMessageEndingWith("""
                        )> was taken for data, by a serialiser it seems: its value is there only when it has been awaited.
                            What a web controller returns must be known to its framework: declare the method as @Async CompletableFuture<T>,
                            or return runCoroutineThreadsafe(coroutine, loop), which is a CompletableFuture, too.""");
    }

    /** JSON-B, too, refuses it, but before it asks the getter: the class is not public. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JSON_B")
    void the_failure_says_how_a_controller_returns_many_values(Serialiser serialiser) {
        assertThatThrownBy(() -> serialiser.write(words(SECRET)))
                .rootCause()
                .hasMessageStartingWith(
                        "<async generator created io.github.jasyncio.web.NotDataTest.words(NotDataTest.java:")
                .hasMessageEndingWith("""
                        )> was taken for data, by a serialiser it seems: its values are there only when somebody has gone through it.
                            What a web controller returns must be known to its framework: return them all, as an @Async CompletableFuture<List<T>>
                            by completedFuture(await(generator.toList())), or, to a framework that takes a Flow.Publisher, generator.toPublisher().""");
    }

    /** It asks no method, so nobody can tell it; but it takes no field that is transient. */
    @Test
    void what_looks_for_fields_finds_nothing_of_the_users() {
        run(async(() -> {
            Map<String, Object> awaitables = await(awaitables());
            awaitables.forEach(
                    (name, awaitable) -> assertThat(gson(awaitable)).as(name).doesNotContain(SECRET));
            assertThat(gson(awaitables.get("created"))).isEqualTo("{}");
            assertThat(gson(awaitables.get("suspended"))).isEqualTo("{}");
            assertThat(gson(awaitables.get("finished"))).isEqualTo("{}");
            assertThat(gson(awaitables.get("generator"))).isEqualTo("{}");
            return Coroutine.done();
        }));
    }

    private static String gson(@Nullable Object value) {
        try {
            return new Gson().toJson(value);
        } catch (JsonIOException e) {
            return "refused: " + e.getMessage();
        }
    }
}
